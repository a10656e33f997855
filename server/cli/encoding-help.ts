/** What `--encoding` says of itself, wherever a command reads a file. */
export const ENCODING_HELP =
  'what the file is written in, such as windows-1252 (default: what it says of itself, else UTF-8; never guessed)';
