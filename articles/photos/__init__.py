"""Photos: taken in (`upload`), what is made of them for readers (`places`, `making`), where their files lie (`files`)."""
