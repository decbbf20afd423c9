-- :Thoughtsmith insert, a block at the cursor or around the given lines.
local say = require('thoughtsmith.messages')

local M = {}

local namespace = vim.api.nvim_create_namespace('thoughtsmith_insert')

-- Where a line ends, in the server's units.
local function width(line, encoding)
  if encoding == 'utf-8' then
    return #line
  end
  if vim.fn.has('nvim-0.11') == 1 then
    return vim.str_utfindex(line, encoding)
  end
  local utf_32, utf_16 = vim.str_utfindex(line)
  return encoding == 'utf-32' and utf_32 or utf_16
end

-- From the start of line `first` to the end of line `last`, both counted from 1.
local function range(first, last, encoding)
  local text = vim.api.nvim_buf_get_lines(0, last - 1, last, true)[1]
  return {
    start = { line = first - 1, character = 0 },
    ['end'] = { line = last - 1, character = width(text, encoding) },
  }
end

-- Make the edits; one of them may be a snippet, which is left to be filled in.
local function apply(edits, encoding)
  local snippet, mark
  local plain = {}
  for _, edit in ipairs(edits) do
    if edit.isSnippet and not snippet then
      -- The mark stays in the place while the other edits move it.
      snippet = edit.newText
      local start = edit.range.start
      local column = vim.lsp.util._get_line_byte_from_position(0, start, encoding)
      mark = vim.api.nvim_buf_set_extmark(0, namespace, start.line, column, {})
      edit.newText = ''
    end
    table.insert(plain, { range = edit.range, newText = edit.newText })
  end
  vim.lsp.util.apply_text_edits(plain, vim.api.nvim_get_current_buf(), encoding)
  if snippet then
    local place = vim.api.nvim_buf_get_extmark_by_id(0, namespace, mark, {})
    vim.api.nvim_buf_del_extmark(0, namespace, mark)
    -- In Normal mode the cursor cannot stand behind a line, where blocks begin.
    local virtual_edit = vim.wo.virtualedit
    vim.wo.virtualedit = 'onemore'
    vim.api.nvim_win_set_cursor(0, { place[1] + 1, place[2] })
    vim.snippet.expand(snippet)
    vim.wo.virtualedit = virtual_edit
  end
end

local function insert(client, spec, call)
  local name = call.range > 0 and 'wrap' or 'insert'
  local place = range(call.line1, call.line2, client.offset_encoding)
  require('thoughtsmith.client').command(client, name, function(edits)
    apply(edits or {}, client.offset_encoding)
  end, vim.uri_from_bufnr(0), place, spec)
end

--- Insert what `spec` names, such as `bon:5`; without one, what the user picks.
function M.run(spec, call)
  local client = require('thoughtsmith.client').here()
  if not client then
    return
  end
  if spec then
    insert(client, spec, call)
    return
  end
  local entries = require('thoughtsmith.catalogue').entries({ technique = true, recipe = true })
  vim.ui.select(entries, {
    prompt = say.which_technique,
    kind = 'thoughtsmith',
    format_item = function(entry)
      return ('%s (%s): %s'):format(entry.name, entry.id, entry.summary)
    end,
  }, function(entry)
    if entry then
      insert(client, entry.id, call)
    end
  end)
end

return M
