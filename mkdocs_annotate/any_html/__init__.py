"""Any HTML: pages and sites that another program built, annotated afterwards."""
