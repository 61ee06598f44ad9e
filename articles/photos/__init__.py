"""Photos: taken in (`upload`), made ready for readers (`places`, `making`), and where their files lie (`files`)."""
