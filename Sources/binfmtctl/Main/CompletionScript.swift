// SPDX-License-Identifier: Apache-2.0

/// The completion script of a shell: the one that ArgumentParser generates, and what it cannot express. That is the
/// command line of another program after `exec --`, the topics of `help`, and a word beside the files of `import`.
struct CompletionScript {
    let text: String

    /// - Parameters:
    ///   - arguments: the command line that asks for the script.
    ///   - generated: ArgumentParser's script.
    ///   - commands: the names of all commands.
    /// - Returns: nil if the command line asks for something else.
    init?(_ arguments: [String], generated: String, commands: [String]) {
        guard arguments.first?.hasPrefix("--generate-completion-script") == true else { return nil }
        let topics = commands.joined(separator: " ")
        switch arguments.joined(separator: " ").split(whereSeparator: { $0 == " " || $0 == "=" }).last {
        case "bash": text = generated + "\n" + Self.bash(topics)
        case "zsh": text = Self.zsh(generated, topics)
        case "fish": text = generated + "\n" + Self.fish(topics)
        default: return nil
        }
    }

    private static func bash(_ topics: String) -> String {
        """
        # Offers the topics of help, the kernel as a source of import, and after `exec --` what the other program's own
        # completion offers.
        _binfmtctl_and_others() {
            local command= word
            local -i index
            for ((index = 1; index < COMP_CWORD; index++)); do
                word=${COMP_WORDS[index]}
                if [[ ${command} == exec && ${word} == -- ]]; then
                    _binfmtctl_program $((index + 1))
                    return
                fi
                [[ -n ${command} || ${word} == -* ]] || command=${word}
            done
            _binfmtctl "${@}"
            case "${command}" in
            help) COMPREPLY=($(compgen -W '\(topics)' -- "${2}")) ;;
            import) COMPREPLY+=($(compgen -W kernel -- "${2}")) ;;
            esac
        }

        _binfmtctl_program() {
            if declare -F _comp_command_offset >/dev/null; then
                _comp_command_offset "${1}"
            elif declare -F _command_offset >/dev/null; then
                _command_offset "${1}"
            elif [[ ${1} -eq ${COMP_CWORD} && ${COMP_WORDS[COMP_CWORD]} != */* ]]; then
                COMPREPLY=($(compgen -c -- "${COMP_WORDS[COMP_CWORD]}" | sort -u))
            else
                COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
            fi
        }
        complete -o filenames -F _binfmtctl_and_others binfmtctl

        """
    }

    private static func zsh(_ generated: String, _ topics: String) -> String {
        // zsh leaves the terminator in the program's words if no option precedes it.
        let program = #"{if [[ "${words[1]}" == -- ]]; then shift words; (( CURRENT-- )); fi; _normal}"#
        return generated.replacing("'*:command:'", with: "'*::command:\(program)'")
            .replacing("'*:subcommands:'", with: "':subcommand:(\(topics))'")
            .replacing(
                "'*:source:_files'",
                with: #"'*:source:{_alternative "kernel:kernel:(kernel)" "files:file:_files"}'"#)
    }

    private static func fish(_ topics: String) -> String {
        let offers = "__binfmtctl_should_offer_completions_for_positional"
        return """
            function __binfmtctl_runs_program
                set -l words (__binfmtctl_tokens -pc)
                contains -- exec $words; and contains -- -- $words
            end

            function __binfmtctl_program
                set -l words (__binfmtctl_tokens -pc)
                set -l place (contains -i -- -- $words)
                complete -C (string join ' ' -- $words[(math $place + 1)..] (commandline -ct))
            end

            complete -c 'binfmtctl' -n __binfmtctl_runs_program -fa '(__binfmtctl_program)'
            complete -c 'binfmtctl' -n '\(offers) "binfmtctl help" -eq 1' -fa '\(topics)'
            complete -c 'binfmtctl' -n '\(offers) "binfmtctl import" -ge 1' -a kernel -d 'The registered entries'

            """
    }
}
