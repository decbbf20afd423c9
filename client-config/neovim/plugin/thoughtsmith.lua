-- What happens when Neovim starts: as little as possible. All else is loaded with the first prompt or the first command.
if vim.g.loaded_thoughtsmith then
  return
end
vim.g.loaded_thoughtsmith = true

vim.api.nvim_create_user_command('Thoughtsmith', function(call)
  require('thoughtsmith.commands').run(call)
end, {
  nargs = '+',
  range = true,
  complete = function(_, line, column)
    return require('thoughtsmith.commands').complete(line:sub(1, column))
  end,
  desc = 'Insert, compose and explain prompting techniques',
})

if vim.g.thoughtsmith_enabled ~= false then
  if vim.v.vim_did_enter == 1 then
    -- Loaded late, as plugin managers do, which call `setup()` right after this: no server starts before that.
    vim.schedule(function()
      require('thoughtsmith').enable()
    end)
  else
    require('thoughtsmith').enable()
  end
end
