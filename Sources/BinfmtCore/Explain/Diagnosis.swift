// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// Why a file does not run, in words: what execve(2) answers, what is missing, and what would help.
package struct Diagnosis: Hashable, Sendable {
    /// What a shell prints: the text of strerror(3).
    package let message: String
    /// The errno's name.
    package let errno: String
    /// The causes, a sentence each.
    package let reasons: [String]
    /// The remedies.
    package let advice: [String]

    /// - Returns: nil for a file that runs.
    package init?(_ execution: Execution) {
        guard let (error, reason) = execution.failure else { return nil }
        message = Self.messages[error]?.text ?? "\(error)"
        errno = Self.messages[error]?.name ?? "errno \(error.rawValue)"
        (reasons, advice) = Self.words(reason, error, of: execution)
    }

    private static let messages: [Errno: (name: String, text: String)] = [
        .noSuchFileOrDirectory: ("ENOENT", "no such file or directory"),
        .execFormatError: ("ENOEXEC", "exec format error"), .permissionDenied: ("EACCES", "permission denied"),
        .notDirectory: ("ENOTDIR", "not a directory"),
        .tooManySymbolicLinkLevels: ("ELOOP", "too many levels of symbolic links"),
        Errno(rawValue: 80): ("ELIBBAD", "accessing a corrupted shared library"),
    ]

    private static func words(
        _ reason: Execution.Failure, _ error: Errno, of execution: Execution
    ) -> (reasons: [String], advice: [String]) {
        switch reason {
        case .unusable(let path, let role, let because):
            return unusable(path, role, because ?? absence(error), of: execution)
        case .loaderUnusable(let loader, let program):
            return loaderUnusable(loader, program, of: execution)
        case .heldScriptMissing(let script, let name):
            return (
                [
                    "The kernel holds the interpreter of entry '\(name)' (F), but that is a script: the program that runs "
                        + "it opens \(script.printable), which is not here."
                ], ["Take a statically linked program as the interpreter."]
            )
        case .foreignLoaderMissing(let loader, let emulator):
            return (
                [
                    "The kernel starts \(emulator.printable). The program is dynamically linked, and its loader "
                        + "\(loader.printable) is not here: QEMU then says \"Could not open '\(loader.printable)'\"."
                ],
                [
                    "Install the libraries of that architecture (Debian: dpkg --add-architecture, then libc6), or set "
                        + "QEMU_LD_PREFIX to where they are, or use a statically linked program."
                ]
            )
        case .unrecognised(let path, let kind): return unrecognised(path, kind, of: execution)
        case .damaged(let path):
            return (
                [
                    "\(path.printable) has the header of a program for this processor, but is not one: it is "
                        + "truncated, an object file or a core dump."
                ], []
            )
        case .loaderUnfit(let path, let name):
            return (
                [
                    "Entry '\(name)' has \(path.printable) in place of the loader that the program names (L), but that is "
                        + "not a program for this processor."
                ], ["Name a dynamic loader, such as ld.so or ld-musl, of the program's own architecture."]
            )
        case .tooDeep:
            return (
                [
                    "More than \(Execution.maximumDepth) interpreters one after another: "
                        + "\(execution.steps.last.map(\.path.printable) ?? "the last") would have to be run by yet another."
                ], ["Name an interpreter that the processor runs itself."]
            )
        }
    }

    private static func absence(_ error: Errno) -> String {
        switch error {
        case .noSuchFileOrDirectory: "does not exist"
        case .notDirectory: "does not exist: a part of its path is not a directory"
        case .tooManySymbolicLinkLevels: "is a link that leads to itself"
        default: "cannot be opened: \(error)"
        }
    }

    private static func unusable(
        _ path: FilePath, _ role: Execution.Role, _ what: String, of execution: Execution
    ) -> (reasons: [String], advice: [String]) {
        switch role {
        case .program: return (["\(path.printable) \(what)."], [])
        case .scriptInterpreter:
            var advice: [String] = []
            var reasons = ["The script is there; its interpreter \(path.printable) \(what)."]
            if case .script(let line) = execution.steps.dropLast().last?.handler, line.endsAsOnWindows {
                reasons.append(
                    "The first line ends as on Windows, with a carriage return, which becomes a part of the name.")
                advice = [#"sed -i 's/\r$//' "# + (execution.steps.dropLast().last?.path.printable ?? "")]
            } else if !path.isAbsolute {
                reasons.append("That path is relative: the kernel looks it up in the caller's current directory.")
            }
            return (reasons, advice)
        case .loader(let name, _):
            return (
                [
                    "The file is there; the loader that entry '\(name)' has in place of the program's own (L), "
                        + "\(path.printable), \(what)."
                ],
                [
                    "Install it, in a chroot or container there; or have the kernel hold it for all of them: declare "
                        + "the entry with F (fix-binary = true)."
                ]
            )
        case .interpreter(let name, _):
            return (
                ["The file is there; the interpreter of entry '\(name)', \(path.printable), \(what)."],
                [
                    "Install it, in a chroot or container there; or have the kernel hold it for all of them: declare "
                        + "the entry with F (fix-binary = true)."
                ]
            )
        }
    }

    private static func loaderUnusable(
        _ loader: FilePath, _ program: FilePath, of execution: Execution
    ) -> (reasons: [String], advice: [String]) {
        let missing = "\(program.printable) is dynamically linked, and its loader \(loader.printable) is not here."
        guard case .interpreter(let name, isHeld: true) = execution.steps.last?.role else {
            return ([missing], ["Install the libraries that it was linked with, or take a statically linked one."])
        }
        return (
            [
                missing,
                "The kernel holds the interpreter of entry '\(name)' (F), but not its loader, which is looked up "
                    + "wherever the program is executed.",
            ], ["Take a statically linked interpreter\(program.isQemu ? " (Debian: qemu-user-static)" : "")."]
        )
    }

    private static func unrecognised(
        _ path: FilePath, _ kind: ProgramFile.Kind, of execution: Execution
    ) -> (reasons: [String], advice: [String]) {
        let name = path.printable
        var reasons: [String] = []
        if case .interpreter(let entry, _) = execution.steps.last?.role {
            reasons = ["The interpreter of entry '\(entry)', \(name), is not a program that can run: it is \(kind)."]
        } else if execution.steps.last?.role == .scriptInterpreter {
            reasons = ["The script's interpreter, \(name), cannot be run: it is \(kind)."]
        }
        switch kind {
        case .empty:
            return (
                reasons + ["An empty file is not a program. A shell runs it as an empty script and prints nothing."], []
            )
        case .script:
            return (reasons + ["Its first line begins with #!, but names no interpreter."], ["Write #!/bin/sh there."])
        case .text:
            return (
                reasons + [
                    "It is text whose first line does not begin with #!. A shell runs such a file as its own script, "
                        + "anything else says this."
                ], ["Write #!/bin/sh, or what it is for, in the first line."]
            )
        case .elf(let identity):
            return (reasons + ["No entry takes it, and this processor does not run \(identity) programs."], [])
        case .other:
            return (reasons + ["No entry takes it, and it is neither a program for this processor nor a script."], [])
        }
    }
}
