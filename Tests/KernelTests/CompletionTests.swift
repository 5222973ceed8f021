// SPDX-License-Identifier: Apache-2.0
import Foundation
import SystemPackage
import TestSupport
import Testing

extension KernelTests {
    /// The completions that a shell offers.
    @Suite struct CompletionTests {
        /// bash's completions, with the installed script, of the last word of a line.
        private func complete(_ line: String) throws -> [String] {
            _ = try PrivateRegistry.open()
            try PrivateRegistry.write(":qemu-test:E::test-x::/bin/true:", to: "register")
            let program = try Fixtures.program("binfmtctl")
            let script = """
                PATH=$(dirname "$1"):$PATH
                . <(binfmtctl --generate-completion-script bash)
                COMP_LINE=$2 COMP_POINT=${#2}
                read -ra COMP_WORDS <<<"$2"
                [[ $2 != *' ' ]] || COMP_WORDS+=('')
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                function=$(complete -p binfmtctl | sed 's/.* -F \\([^ ]*\\) .*/\\1/')
                "$function" binfmtctl "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
                printf '%s\\n' "${COMPREPLY[@]}"
                """
            let run = try Program.run("bash", ["-c", script, "bash", program, line])
            #expect(run.status == 0 && run.errors == "", "\(run.errors)")
            return run.output.split(separator: "\n").map(String.init)
        }

        @Test func bashCompletesCommandsEntriesAndTargets() throws {
            #expect(try complete("binfmtctl st") == ["status"])
            #expect(try complete("binfmtctl status qemu-te") == ["qemu-test"])
            #expect(try complete("binfmtctl status qe").contains("qemu-test"))
            #expect(try complete("binfmtctl release qemu-te") == ["qemu-test"])
            #expect(try complete("binfmtctl register --uninstall qemu-te") == ["qemu-test"])
            #expect(try complete("binfmtctl register -t aa") == ["aarch64", "aarch64_be"])
            #expect(try complete("binfmtctl register --install arm6") == ["arm64"])
            #expect(try complete("binfmtctl register -p ") == ["yes", "no"])
            #expect(try complete("binfmtctl probe riscv6") == ["riscv64"])
            #expect(try complete("binfmtctl platforms arm/") == ["arm/v7", "arm/v6"])
            #expect(try complete("binfmtctl check /etc/passw").contains("/etc/passwd"))
            #expect(try complete("binfmtctl presets wi") == ["wine"])
            #expect(try complete("binfmtctl presets elf-aarch64") == ["elf-aarch64", "elf-aarch64_be"])
            #expect(try complete("binfmtctl presets arm6") == ["arm64"])
        }

        /// Report D10: lists, topics, sources, and the command line of another program.
        @Test func bashCompletesWhatFollowsAnotherWord() throws {
            #expect(try complete("binfmtctl register --install s390x,arm6") == ["s390x,arm64"])
            let list = try complete("binfmtctl register --install arm64,")
            #expect(list.contains("arm64,riscv64") && !list.contains("arm64,arm64"))
            #expect(try complete("binfmtctl register --uninstall jar,qemu-te") == ["jar,qemu-test"])
            #expect(try complete("binfmtctl help rel") == ["reload", "release"])
            #expect(try complete("binfmtctl --json help ").contains("status"))
            #expect(try complete("binfmtctl import ker") == ["kernel"])
            #expect(try complete("binfmtctl import /etc/passw").contains("/etc/passwd"))
            #expect(try complete("binfmtctl exec -- unam") == ["uname"])
            #expect(try complete("binfmtctl exec --config x -- cat /etc/passw").contains("/etc/passwd"))
            #expect(try complete("binfmtctl exec --con") == ["--config"])
            #expect(try complete("binfmtctl plan --config /etc/passw").contains("/etc/passwd"))
            #expect(try complete("binfmtctl check --format binf") == ["binfmt.d", "binfmts"])
        }

        /// `exec` hands over to the completion of the program, where bash-completion is there.
        @Test func bashCompletesTheOptionsOfTheProgram() throws {
            let script = """
                PATH=$(dirname "$1"):$PATH
                . <(binfmtctl --generate-completion-script bash)
                _comp_command_offset() { COMPREPLY=("offset $1"); }
                COMP_WORDS=(binfmtctl exec --config x -- cat --num) COMP_CWORD=6
                _binfmtctl_and_others binfmtctl --num cat
                printf '%s\n' "${COMPREPLY[@]}"
                """
            let run = try Program.run("bash", ["-c", script, "bash", Fixtures.program("binfmtctl")])
            #expect(run.output == "offset 5\n" && run.errors == "", "\(run)")
        }

        @Test(arguments: [
            ("--re", ["--registry"]), ("--root /et", ["/etc"]),
            ("", ["--root", "--registry", "--mount", "--trust-configuration", "--version", "--help"]),
        ])
        func bashCompletesTheDaemonsOptions(_ line: String, _ words: [String]) throws {
            let script = """
                . "$1"
                read -ra COMP_WORDS <<<"binfmtd $2"
                [[ -n $2 ]] || COMP_WORDS+=('')
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                _binfmtd
                printf '%s\n' "${COMPREPLY[@]}"
                """
            let file = Fixtures.repository.appending(path: "completions/binfmtd.bash").path()
            let run = try Program.run("bash", ["-c", script, "bash", file, line])
            #expect(run.output.split(separator: "\n").map(String.init) == words && run.errors == "", "\(run)")
        }

        /// The shells' scripts offer the daemon's options, and no others.
        @Test(arguments: ["binfmtd.bash", "_binfmtd", "binfmtd.fish"])
        func theDaemonsOptionsAreAllOffered(_ name: String) throws {
            let text = try String(
                contentsOf: Fixtures.repository.appending(path: "completions/\(name)"), encoding: .utf8)
            let help = try Program.run(Fixtures.program("binfmtd"), ["--help"]).output
            let options = Set(help.matches(of: /--([a-z-]+)/).map { String($0.1) })
            #expect(options.count == 6)
            let offered = Set(text.matches(of: /(?:--|-l )([a-z-]+)/).map { String($0.1) })
            #expect(offered.subtracting(["root", "registry", "mount", "trust-configuration", "version", "help"]) == [])
            #expect(options.isSubset(of: offered))
        }

        /// `make uninstall` removes all files that `make install` creates, except the configuration.
        @Test func uninstallRemovesWhatInstallCreates() throws {
            let root = TemporaryDirectory()
            let build = URL(filePath: try Fixtures.program("binfmtctl")).deletingLastPathComponent().path()
            func make(_ target: String) throws -> [String] {
                let run = try Program.run(
                    "make",
                    [
                        "-s", "-C", Fixtures.repository.path(), target, "BUILD=\(build)", "PREFIX=/usr",
                        "DESTDIR=\(root.path)",
                    ])
                #expect(run.status == 0, "\(run.output)\(run.errors)")
                let files = try Program.run("find", [root.path.string, "-type", "f"]).output.split(separator: "\n")
                return files.map { String($0.dropFirst(root.path.string.count)) }.sorted()
            }
            let installed = try make("install")
            for file in [
                "/usr/bin/binfmtctl", "/usr/sbin/binfmtd", "/usr/lib/systemd/system/binfmtd.service",
                "/usr/lib/systemd/system/binfmtd-apply.service",
                "/usr/share/bash-completion/completions/binfmtctl", "/usr/share/bash-completion/completions/binfmtd",
                "/usr/share/fish/vendor_completions.d/binfmtd.fish", "/usr/share/zsh/site-functions/_binfmtd",
                "/usr/share/doc/binfmtd/binfmtctl.schema.json", "/usr/share/binfmtd/binfmtd.toml.schema.json",
                "/usr/share/fish/vendor_completions.d/binfmtctl.fish", "/usr/share/man/man1/binfmtctl.1",
                "/usr/share/zsh/site-functions/_binfmtctl",
            ] {
                #expect(installed.contains(file), "\(file)")
            }
            #expect(try make("uninstall") == ["/etc/binfmtd/binfmtd.toml"])
        }
    }
}
