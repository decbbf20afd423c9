---@brief
---
--- Thoughtsmith, the language server for prompt files: it inserts, explains and checks techniques such as chain of
--- thought and best-of-N.
---
--- Install it with `uv tool install thoughtsmith` or `pipx install thoughtsmith`.
---
--- Of Markdown, text, YAML and XML it checks what is a prompt by its name or place (`*.prompt.md`, `SKILL.md`,
--- `AGENTS.md`, `*.prompty`, `promptfooconfig.yaml` …) and leaves all else alone. Some endings have to be made known:
---
--- ```lua
--- vim.filetype.add({
---   extension = { mdc = 'markdown', prompty = 'markdown', prompt = 'markdown', poml = 'xml', j2 = 'jinja' },
--- })
--- ```

---@type vim.lsp.Config
return {
  cmd = { 'thoughtsmith', 'server' },
  filetypes = { 'markdown', 'text', 'jinja', 'yaml', 'xml', 'toml' },
  root_markers = { 'thoughtsmith.toml', '.thoughtsmith.toml', '.thoughtsmith', '.git' },
  root_dir = function(buffer, start)
    -- Of TOML the server's own config files are its business.
    local name = vim.fs.basename(vim.api.nvim_buf_get_name(buffer))
    local config_files = { 'thoughtsmith.toml', '.thoughtsmith.toml', 'pyproject.toml' }
    if vim.bo[buffer].filetype ~= 'toml' or vim.tbl_contains(config_files, name) then
      start(vim.fs.root(buffer, { 'thoughtsmith.toml', '.thoughtsmith.toml', '.thoughtsmith', '.git' }))
    end
  end,
}
