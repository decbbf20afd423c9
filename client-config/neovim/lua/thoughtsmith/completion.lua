-- The menu of techniques while you type; on Neovim 0.10 a menu of our own, since that of Neovim cannot show them.
local NAME = require('thoughtsmith.config').NAME

local M = {}

local namespace = vim.api.nvim_create_namespace('thoughtsmith_completion')
-- The open menu: where it begins in the line, counted from 0, the server's items, and what is to be as before again.
local menu

function M.attach(client, buffer)
  if vim.lsp.completion then
    -- Accepting an item writes its block and starts the tour through the places to fill in.
    vim.lsp.completion.enable(true, client.id, buffer, { autotrigger = true })
    -- The menu selects nothing by itself, so that <CR> stays a line break while you write, and shows beside an item
    -- what the block will look like.
    vim.bo[buffer].completeopt = 'menuone,noselect,popup'
  else
    -- Neovim 0.10 shows only those items whose text begins with what is typed, which that of a block does not, and puts
    -- an item into the line while it is being chosen, where a block of several lines has no room.
    -- CompleteDone comes when the menu is closed, whether or not something was chosen.
    vim.bo[buffer].omnifunc = "v:lua.require'thoughtsmith.completion'.omnifunc"
    vim.api.nvim_create_autocmd('CompleteDone', {
      group = vim.api.nvim_create_augroup('thoughtsmith_completion_' .. buffer, { clear = true }),
      buffer = buffer,
      callback = M.close,
    })
  end
end

local function forget_menu()
  if menu then
    vim.o.completeopt = menu.completeopt
    menu = nil
  end
end

local function show(client, items)
  forget_menu()
  local start = items[1].textEdit.range.start
  local line = vim.api.nvim_get_current_line()
  local new = {
    column = vim.lsp.util._str_byteindex_enc(line, start.character, client.offset_encoding),
    items = items,
    completeopt = vim.o.completeopt,
  }
  local entries = {}
  for number, item in ipairs(items) do
    local entry = { abbr = item.label, menu = item.detail, icase = 1, dup = 1 }
    if item.textEdit.newText:find('\n') or item.additionalTextEdits then
      -- The word stands for the block until it is accepted.
      entry.word = item.filterText
      entry.user_data = { thoughtsmith = number }
    else
      entry.word = item.textEdit.newText
    end
    table.insert(entries, entry)
  end
  -- A menu also for a single item, which would be written at once otherwise; here the option is one for all buffers.
  vim.o.completeopt = 'menuone,noselect'
  vim.fn.complete(new.column + 1, entries)
  -- Only now: CompleteDone has come for the mode that <C-x><C-o> began.
  menu = new
end

--- |complete-functions|, for `omnifunc`.
function M.omnifunc()
  local client = vim.lsp.get_clients({ name = NAME, bufnr = 0 })[1]
  if client then
    local changes = vim.api.nvim_buf_get_changedtick(0)
    local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
    client.request('textDocument/completion', params, function(_, result)
      local is_waiting = vim.api.nvim_get_mode().mode:sub(1, 1) == 'i'
      if is_waiting and changes == vim.api.nvim_buf_get_changedtick(0) and result and result.items[1] then
        table.sort(result.items, function(one, other)
          return one.sortText < other.sortText
        end)
        show(client, result.items)
      end
    end)
  end
  -- The menu is opened when the answer comes.
  return -2
end

-- Write the block of an item in the place of the word that stands for it, which begins at `column`.
local function write(item, column)
  local client = vim.lsp.get_clients({ name = NAME, bufnr = 0 })[1]
  if not client then
    return
  end
  local row, cursor = unpack(vim.api.nvim_win_get_cursor(0))
  -- Goes along with the text and so ends up behind the block.
  local mark = vim.api.nvim_buf_set_extmark(0, namespace, row - 1, cursor, {})
  vim.api.nvim_buf_set_text(0, row - 1, column, row - 1, cursor, {})
  local start = item.textEdit.range.start
  local edits = { { range = { start = start, ['end'] = start }, newText = item.textEdit.newText } }
  vim.list_extend(edits, item.additionalTextEdits or {})
  vim.lsp.util.apply_text_edits(edits, vim.api.nvim_get_current_buf(), client.offset_encoding)
  local place = vim.api.nvim_buf_get_extmark_by_id(0, namespace, mark, {})
  vim.api.nvim_win_set_cursor(0, { place[1] + 1, place[2] })
  vim.api.nvim_buf_del_extmark(0, namespace, mark)
end

--- What has to be done when a menu is closed.
function M.close()
  if not menu then
    return -- It was another one.
  end
  local items, column = menu.items, menu.column
  forget_menu()
  local data = vim.v.completed_item.user_data
  local item = type(data) == 'table' and items[data.thoughtsmith]
  if item then
    -- The text cannot be changed before this event is over.
    vim.schedule(function()
      write(item, column)
    end)
  end
end

return M
