// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// What the kernel does when a file is executed: which interpreter runs it, which runs that one, and where this ends
/// (`exec_binprm` in `fs/exec.c`).
package struct Execution: Sendable {
    /// One file in the chain of interpreters.
    package struct Step: Sendable {
        package let path: FilePath
        package let role: Role
        package let lookup: ProgramFile.Lookup
        /// The entries that the kernel asked, in order; all but perhaps the last did not take the file.
        package let asked: [(name: EntryName, match: Match)]
        package let handler: Handler?
    }

    package enum Role: Hashable, Sendable {
        case program
        case scriptInterpreter
        /// The interpreter of an entry.
        case interpreter(of: EntryName, isHeld: Bool)
        /// The interpreter of an entry with `L`, which takes the place of the program's own loader.
        case loader(of: EntryName, isHeld: Bool)

        /// Whether it is a file that the kernel holds, so that it is not looked up in the caller's root.
        package var isHeld: Bool {
            switch self {
            case .program, .scriptInterpreter: false
            case .interpreter(_, let isHeld), .loader(_, let isHeld): isHeld
            }
        }
    }

    /// What makes the kernel run a file.
    package enum Handler: Hashable, Sendable {
        case entry(Entry)
        case script(ScriptLine)
        case processor
    }

    /// Why the file does not run.
    package enum Failure: Hashable, Sendable {
        /// A file in the chain cannot be opened or executed; `because` says more than the errno, where that is known.
        case unusable(FilePath, Role, because: String?)
        /// The loader of an ELF program that the processor runs.
        case loaderUnusable(FilePath, of: FilePath)
        /// The kernel holds the interpreter of an entry, a script; what runs it does not find it by its path.
        case heldScriptMissing(FilePath, of: EntryName)
        /// The emulator starts, but does not find the foreign program's loader.
        case foreignLoaderMissing(FilePath, emulator: FilePath)
        /// Nothing runs a file of its kind.
        case unrecognised(FilePath, ProgramFile.Kind)
        /// The ELF header is for this processor, but the kernel cannot load the file.
        case damaged(FilePath)
        /// The loader that an entry with `L` has in place of the program's own is no program for this processor.
        case loaderUnfit(FilePath, of: EntryName)
        case tooDeep
    }

    package let steps: [Step]
    /// The program that runs in the end, and its arguments.
    package let command: [String]
    /// What execve(2) answers, and why; nil if it runs.
    package let failure: (error: Errno, reason: Failure)?

    /// The number of interpreters that the kernel accepts in one execve(2) (Linux 5.8; measured on 6.18).
    static let maximumDepth = 5

    /// The placeholder for the caller's arguments.
    package static let arguments = "ARGUMENTS"

    package var runs: Bool { failure == nil }

    /// The entries that may have taken a file before what is shown here does, for all that can be known outside the
    /// kernel: those of BPF handlers, and of kinds that this version does not know.
    package var undecided: [(name: EntryName, match: Match)] {
        steps.flatMap { step in step.asked.filter(\.match.isUndecided) }
    }

    /// The entry that takes the file, if an entry does.
    package var entry: Entry? {
        if case .entry(let entry) = steps.first?.handler { entry } else { nil }
    }
}
