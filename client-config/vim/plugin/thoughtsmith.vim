" Thoughtsmith for Vim 9, with whichever of these plugins is there: ALE, vim-lsp or coc.nvim. They speak to the server;
" this file only tells them of it. It lies in ~/.vim/pack/thoughtsmith/start/thoughtsmith/plugin/.
"
"   ALE       marks what is wrong, explains with :ALEHover and inserts techniques with :ALECodeAction, for its completion
"             takes no text of several lines; :ALERename, :ALEGoToDefinition
"   vim-lsp   the same with :LspHover, :LspCodeAction, :LspRename, :LspDefinition, and completes with 'omnifunc' set to
"             lsp#complete
"   coc.nvim  all of it, with the menu opening by itself and the places to fill in
"
" Settings, if you want any, before this file is read (in your vimrc); without them the server follows the prompt:
"   let g:thoughtsmith_settings = {'language': 'en', 'n': 5, 'locale': 'en'}

if exists('g:loaded_thoughtsmith')
  finish
endif
let g:loaded_thoughtsmith = 1

let s:command = ["thoughtsmith", 'server']
" Of YAML the server follows what holds prompts, such as promptfooconfig.yaml, of TOML its own config files, and leaves
" all else alone.
let s:filetypes = ['markdown', 'text', 'yaml', 'jinja', 'xml', 'toml']
let s:marks = ['thoughtsmith.toml', '.thoughtsmith.toml', '.git']
let s:settings = {'thoughtsmith': get(g:, 'thoughtsmith_settings', {})}

" The folder of the project, or that of the file.
function! s:Root(path) abort
  let folder = fnamemodify(a:path, ':p:h')
  let start = folder
  while 1
    for mark in s:marks
      if getftype(folder . '/' . mark) !=# ''
        return folder
      endif
    endfor
    let above = fnamemodify(folder, ':h')
    if above ==# folder
      return start
    endif
    let folder = above
  endwhile
endfunction

function! s:RootOfBuffer(buffer) abort
  return s:Root(bufname(a:buffer))
endfunction

function! s:RegisterInAle() abort
  for filetype in s:filetypes
    call ale#linter#Define(filetype, {
          \ 'name': 'thoughtsmith',
          \ 'lsp': 'stdio',
          \ 'executable': s:command[0],
          \ 'command': '%e ' . join(s:command[1:]),
          \ 'language': filetype ==# 'text' ? 'plaintext' : filetype,
          \ 'lsp_config': s:settings,
          \ 'project_root': function('s:RootOfBuffer'),
          \ })
  endfor
endfunction

function! s:RegisterInVimLsp() abort
  " vim-lsp writes a text of several lines only if it is a snippet. Without a plugin for snippets it leaves the
  " suggestions in the places to fill in.
  let capabilities = call(g:lsp_get_supported_capabilities[0], [{}])
  let capabilities.textDocument.completion.completionItem.snippetSupport = v:true
  call lsp#register_server({
        \ 'name': 'thoughtsmith',
        \ 'cmd': {info -> s:command},
        \ 'allowlist': s:filetypes,
        \ 'languageId': {info -> &filetype ==# 'text' ? 'plaintext' : &filetype},
        \ 'root_uri': {info -> lsp#utils#path_to_uri(s:Root(lsp#utils#get_buffer_path()))},
        \ 'capabilities': capabilities,
        \ 'workspace_config': s:settings,
        \ })
endfunction

function! s:RegisterInCoc() abort
  call coc#config('languageserver.thoughtsmith', {
        \ 'command': s:command[0],
        \ 'args': s:command[1:],
        \ 'filetypes': s:filetypes,
        \ 'rootPatterns': s:marks,
        \ 'settings': s:settings,
        \ })
endfunction

augroup thoughtsmith
  autocmd!
  " ALE is loaded when all plugins are; the others say themselves when they are ready.
  autocmd VimEnter * if exists('g:loaded_ale') | call s:RegisterInAle() | endif
  autocmd User lsp_setup call s:RegisterInVimLsp()
  autocmd User CocNvimInit call s:RegisterInCoc()
augroup END
