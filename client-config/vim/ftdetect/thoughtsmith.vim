" Prompts that Vim has no file type for. All other kinds, such as *.prompt.md and SKILL.md, are Markdown to it.
autocmd BufRead,BufNewFile *.mdc,*.prompty,*.prompt setfiletype markdown
autocmd BufRead,BufNewFile *.poml setfiletype xml
autocmd BufRead,BufNewFile *.j2,*.jinja,*.jinja2 setfiletype jinja
