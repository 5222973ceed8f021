# SPDX-License-Identifier: Apache-2.0
_binfmtd() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
    case "${prev}" in
    --root | --registry) COMPREPLY=($(compgen -d -- "${cur}")) ;;
    *) COMPREPLY=($(compgen -W '--root --registry --mount --trust-configuration --version --help' -- "${cur}")) ;;
    esac
}
complete -o filenames -F _binfmtd binfmtd
