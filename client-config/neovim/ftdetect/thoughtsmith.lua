-- Prompt files are Markdown, and those that end in .md (*.prompt.md, *.instructions.md, *.agent.md, *.chatmode.md,
-- SKILL.md, AGENTS.md …) are so for Neovim already. The server tells them apart by their names, so they keep the file
-- type and with it highlighting and everything else that is set up for Markdown. Others have endings that Neovim does
-- not know.
vim.filetype.add({
  extension = { mdc = 'markdown', prompty = 'markdown', prompt = 'markdown', poml = 'xml', jinja = 'jinja', j2 = 'jinja' },
})
