-- Two roles for a newsroom's database: one owns its tables and is used by migrations alone, the other serves the site and may
-- read and write rows. As a superuser of PostgreSQL, again at any time, also where the site's role owned everything until now:
--
--     psql --dbname newsroom --set site=newsroom --set owner=newsroom_owner --file deploy/server/roles.sql
--
-- Then, as the owner, `manage.py migrate`: it takes from the site's role what it must not do to the record
-- (articles/models/rights.py). A role made here has no password: it logs in as the system's user of the same name.
\set ON_ERROR_STOP on
\set QUIET on

SELECT format('CREATE ROLE %I LOGIN', name) FROM (VALUES (:'site'), (:'owner')) AS wanted (name)
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
ALTER ROLE :"site" NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE :"owner" NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;

BEGIN;
-- Whoever was a member of the owner for a restore is none any more.
SELECT format('REVOKE %I FROM %I', :'owner', :'site') WHERE pg_has_role(:'site', :'owner', 'MEMBER') \gexec
REASSIGN OWNED BY :"site" TO :"owner";
ALTER DATABASE :"DBNAME" OWNER TO :"owner";
REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC, :"site";
GRANT CONNECT ON DATABASE :"DBNAME" TO :"site";
REVOKE ALL ON SCHEMA public FROM PUBLIC, :"site";
GRANT ALL ON SCHEMA public TO :"owner";
GRANT USAGE ON SCHEMA public TO :"site";
-- Of what is there …
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO :"site";
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO :"site";
-- … and of what migrations will make.
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO :"site";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO :"site";
COMMIT;
