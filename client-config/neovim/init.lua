-- Thoughtsmith for Neovim 0.11 or newer without any plugin: paste it at the end of your init.lua, or save it as
-- ~/.config/nvim/plugin/thoughtsmith.lua. `thoughtsmith setup neovim --write` installs our plugin instead, which does
-- the same, also for Neovim 0.10, and adds :Thoughtsmith, :checkhealth thoughtsmith and :help thoughtsmith.
--
--   K                 explains the technique under the cursor
--   gra               inserts a technique; after selecting text it makes that text the technique's task; on what is
--                     marked as wrong it mends it
--   grn, grr, gd      rename a variable, list its uses, go to its definition or to the file that is included
--   typing            a name (bon, cot, «пошагово» …) where a block can begin, or "/" there, opens the menu;
--                     <C-n> goes through it, <C-y> inserts the block
--   <C-x><C-o>        opens the menu by hand
--   <Tab>, <S-Tab>    go through the places to fill in

-- Prompt files are Markdown, and those that end in .md (*.prompt.md, *.instructions.md, *.agent.md, SKILL.md,
-- AGENTS.md …) are so for Neovim already. The server tells them apart by their names, so they keep the file type and
-- with it highlighting and everything else you have set up for Markdown. Others have endings that Neovim does not know.
vim.filetype.add({
  extension = { mdc = 'markdown', prompty = 'markdown', prompt = 'markdown', poml = 'xml', jinja = 'jinja', j2 = 'jinja' },
})

vim.lsp.config('thoughtsmith', {
  cmd = { "thoughtsmith", 'server' },
  -- Of YAML and XML the server follows what holds prompts, such as promptfooconfig.yaml, and leaves all else alone.
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
  -- settings = { thoughtsmith = { language = 'auto', style = 'auto', model = '' } },

  -- Neovim opens the menu after a server's trigger characters only. The server offers something only where a block can
  -- begin, so any letter may ask it. If a completion plugin asks the server for you, remove this function and the
  -- autocommand below.
  on_init = function(client)
    local completion = client.server_capabilities.completionProvider
    if completion then
      local letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
        .. 'абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ'
      completion.triggerCharacters = vim.list_extend(vim.fn.split(letters, '\\zs'), completion.triggerCharacters or {})
    end
  end,
})
vim.lsp.enable('thoughtsmith')

vim.api.nvim_create_autocmd('LspAttach', {
  group = vim.api.nvim_create_augroup('thoughtsmith', { clear = true }),
  callback = function(event)
    local client = vim.lsp.get_client_by_id(event.data.client_id)
    if not client or client.name ~= 'thoughtsmith' then
      return
    end
    -- Accepting an item writes its block and starts the tour through the places to fill in.
    vim.lsp.completion.enable(true, client.id, event.buf, { autotrigger = true })
    -- In this buffer the menu selects nothing by itself, so that <CR> stays a line break while you write, and shows
    -- beside an item what the block will look like.
    vim.bo[event.buf].completeopt = 'menuone,noselect,popup'
  end,
})
