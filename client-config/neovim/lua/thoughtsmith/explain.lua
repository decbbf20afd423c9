-- :Thoughtsmith explain, a page in a floating window.
local say = require('thoughtsmith.messages')

local M = {}

-- Longer lines are hard to read.
local WIDTH = 88

local function open(markdown)
  local buffer = vim.api.nvim_create_buf(false, true)
  vim.api.nvim_buf_set_lines(buffer, 0, -1, true, vim.split(vim.trim(markdown), '\n'))
  vim.bo[buffer].filetype = 'markdown'
  vim.bo[buffer].modifiable = false
  vim.bo[buffer].bufhidden = 'wipe'
  local width = math.min(WIDTH, vim.o.columns - 4)
  local window = vim.api.nvim_open_win(buffer, true, {
    relative = 'editor',
    width = width,
    height = math.max(vim.o.lines - 6, 1),
    row = 1,
    col = math.floor((vim.o.columns - width) / 2) - 1,
    border = 'rounded',
    style = 'minimal',
    footer = say.explanation,
    footer_pos = 'right',
  })
  vim.wo[window].wrap = true
  vim.wo[window].linebreak = true
  vim.wo[window].breakindent = true
  -- Further lines of a list item stand below its text.
  vim.wo[window].breakindentopt = 'list:-1'
  vim.wo[window].conceallevel = 2
  vim.wo[window].concealcursor = 'nc'
  local lines = vim.api.nvim_win_text_height(window, {}).all
  vim.api.nvim_win_set_height(window, math.min(lines, vim.api.nvim_win_get_height(window)))
  for _, key in ipairs({ 'q', '<Esc>' }) do
    vim.keymap.set('n', key, '<Cmd>close<CR>', { buffer = buffer, nowait = true })
  end
end

--- Show the page of a technique, recipe, term or rule; without an id, what the editor shows of the place.
function M.run(id)
  if not id then
    vim.lsp.buf.hover()
    return
  end
  local ask = require('thoughtsmith.client')
  local client = ask.any()
  if client then
    ask.command(client, 'explain', function(page)
      if page then
        open(page.markdown)
      else
        say.error(say.unknown:format(id))
      end
    end, id)
  end
end

return M
