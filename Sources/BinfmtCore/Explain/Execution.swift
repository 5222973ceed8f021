// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// What the kernel does when somebody executes a file: which interpreter it hands it to, which that one, and where this
/// ends (`exec_binprm` in `fs/exec.c`).
package struct Execution: Sendable {
    /// One file on the way.
    package struct Step: Sendable {
        package let path: FilePath
        /// Why the file is looked at.
        package let role: Role
        package let lookup: ProgramFile.Lookup
        /// Each entry that was asked, in order, and what became of that; all but the last did not take it.
        package let asked: [(name: EntryName, match: Match)]
        package let handler: Handler?
    }

    package enum Role: Hashable, Sendable {
        case program
        case scriptInterpreter
        /// The interpreter of an entry.
        case interpreter(of: EntryName, isHeld: Bool)
    }

    /// What the kernel runs a file by.
    package enum Handler: Hashable, Sendable {
        case entry(Entry)
        case script(ScriptLine)
        case processor
    }

    /// Why it does not run.
    package enum Failure: Hashable, Sendable {
        /// A file on the way cannot be opened or executed; `because` where there is more to say than the errno.
        case unusable(FilePath, Role, because: String?)
        /// The loader of an ELF program that the processor runs.
        case loaderUnusable(FilePath, of: FilePath)
        /// The emulator starts, but the foreign program's loader is not where it looks for that.
        case foreignLoaderMissing(FilePath, emulator: FilePath)
        /// Nothing runs a file of its kind.
        case unrecognised(FilePath, ProgramFile.Kind)
        /// The ELF header is of this processor, but not a program's that the kernel could load.
        case damaged(FilePath)
        case tooDeep
    }

    package let steps: [Step]
    /// What is executed in the end, and with which arguments.
    package let command: [String]
    /// What execve(2) answers, and why; nil if it runs.
    package let failure: (error: Errno, reason: Failure)?

    /// How often the kernel exchanges a program for its interpreter in one execve(2) (Linux 5.8; seen on 6.18).
    static let maximumDepth = 5

    /// What stands for the arguments of whoever executes it.
    package static let arguments = "ARGUMENTS"

    package var runs: Bool { failure == nil }

    /// The entry that takes the file itself.
    package var entry: Entry? {
        if case .entry(let entry) = steps.first?.handler { entry } else { nil }
    }
}
