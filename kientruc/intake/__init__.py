"""What comes back in the workbooks of an edition's form: a whole architecture, or changes to one."""
