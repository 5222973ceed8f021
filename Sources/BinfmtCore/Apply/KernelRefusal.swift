// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// What the kernel means by refusing to register an entry that is well formed.
package enum KernelRefusal {
    /// Why a file cannot be opened to be executed, of which the kernel says no more than `EACCES`.
    package enum Obstacle: Hashable, Sendable {
        /// It is no plain file.
        case notAFile
        /// Nobody may execute it; its mode, such as 0644.
        case notExecutable(mode: UInt32)
        /// Nothing on its mount may be executed.
        case noexec
        /// A security module has a say; the label that SELinux knows it by.
        case labelled(String)
    }

    /// - Parameters:
    ///   - error: the kernel's answer.
    ///   - kernel: which kernel that is, if that is known.
    ///   - obstacle: what is wrong with the interpreter's file, if that was found.
    /// - Returns: words for a person, with a remedy where there is one; nil where the errno says it all.
    package static func explanation(
        of error: Errno, _ entry: Entry, kernel: KernelVersion? = nil, obstacle: Obstacle? = nil
    ) -> String? {
        let interpreter = entry.interpreter
        guard entry.flags.contains(.fixBinary) else {
            return error == .fileExists ? "another program registered the name at the same moment" : nil
        }
        return switch error {
        case .fileExists: "another program registered the name at the same moment"
        case .noSuchFileOrDirectory: "\(interpreter) went away"
        case .permissionDenied: obstacle.map { explain($0, interpreter) } ?? "\(interpreter) cannot be executed"
        case .textFileBusy: "\(interpreter) is being written"
        case .tooManySymbolicLinkLevels: "\(interpreter) is a chain of links that comes to no end"
        case .invalidArgument: invalid(kernel)
        default: nil
        }
    }

    private static func explain(_ obstacle: Obstacle, _ interpreter: FilePath) -> String {
        switch obstacle {
        case .notAFile: "\(interpreter) is no file"
        case .notExecutable(let mode):
            "\(interpreter) is not executable (0\(String(mode, radix: 8))); chmod a+x \(interpreter)"
        case .noexec: "\(interpreter) is on a mount with the option noexec"
        case .labelled(let label):
            "SELinux may forbid it: \(interpreter) has the label \(label); restorecon -v \(interpreter)"
        }
    }

    private static func invalid(_ kernel: KernelVersion?) -> String? {
        let remedy = "without it (fix-binary = false) the emulator must be inside each container"
        guard let kernel else { return "a kernel before \(KernelVersion.fixBinary) has no fix-binary; \(remedy)" }
        guard kernel < .fixBinary else { return nil }
        return "this kernel (\(kernel)) has no fix-binary, which came with \(KernelVersion.fixBinary); \(remedy)"
    }
}
