// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// What the kernel means when it refuses to register an entry that is well formed.
package enum KernelRefusal: Reason {
    /// Another program registered the name between the look at the table and the write.
    case nameTaken
    case interpreterGone(FilePath)
    case interpreterBusy(FilePath)
    case interpreterLinkLoop(FilePath)
    /// The interpreter cannot be opened to be executed; nil where the cause was not found.
    case obstacle(Obstacle?, FilePath)
    /// The kernel is older than the flag `F`; nil where its version is not known.
    case fixBinaryUnsupported(KernelVersion?)
    /// The kernel does not know a flag or a type; nil where its version is not known.
    case featureUnsupported(KernelFeatures.Feature, KernelVersion?)
    /// No BPF handler of that name is loaded in the user namespace of the registry.
    case handlerMissing(BPFHandler)
    /// No more interpreters may be held (`user.max_binfmt_misc_interpreters`); nil where the limit is not known.
    case tooManyHeld(limit: Int?)
    /// The registry is mounted read-only (WSL), so that it cannot be switched on.
    case registryReadOnly

    /// Why a file cannot be opened to be executed, of which the kernel says no more than `EACCES`.
    package enum Obstacle: Hashable, Sendable {
        case directory
        /// A device, a socket or a FIFO.
        case notAFile
        /// No user may execute it; its permission bits.
        case notExecutable(mode: UInt32)
        case noexec
        /// A security module may deny it; the label that SELinux knows it by.
        case labelled(String)
    }

    /// - Parameters:
    ///   - error: the kernel's answer.
    ///   - write: what it refuses.
    ///   - kernel: which kernel that is, if that is known.
    ///   - obstacle: what is wrong with the interpreter's file, if that was found.
    ///   - limit: the number of interpreters that may be held, if that is known.
    /// - Returns: nil where the errno says it all.
    package static func explanation(
        of error: Errno, _ write: KernelWrite, _ entry: Entry, kernel: KernelVersion? = nil, obstacle: Obstacle? = nil,
        limit: Int? = nil
    ) -> KernelRefusal? {
        let opened = write.openedInterpreter(of: entry)
        guard case .register = write else { return opened.flatMap { refusal(to: $0, error, obstacle, limit) } }
        if error == .fileExists { return .nameTaken }
        if error == .invalidArgument, kernel.map({ $0 < .transparent }) ?? true,
            let feature = KernelFeatures.Feature.needed(by: entry.recognition, entry.flags).first
        {
            return .featureUnsupported(feature, kernel)
        }
        if case .handler(let handler) = entry.recognition {
            switch error {
            case .noSuchFileOrDirectory: return .handlerMissing(handler)
            case .invalidArgument: return .featureUnsupported(.handlers, kernel)
            default: return nil
            }
        }
        guard let opened else { return nil }
        if error == .invalidArgument {
            if let kernel, kernel >= .fixBinary { return nil }
            return .fixBinaryUnsupported(kernel)
        }
        return refusal(to: opened, error, obstacle, limit)
    }

    /// Why the kernel does not open an interpreter to hold it.
    private static func refusal(
        to interpreter: FilePath, _ error: Errno, _ obstacle: Obstacle?, _ limit: Int?
    ) -> KernelRefusal? {
        switch error {
        case .noSuchFileOrDirectory: return .interpreterGone(interpreter)
        case .permissionDenied: return .obstacle(obstacle, interpreter)
        case .textFileBusy: return .interpreterBusy(interpreter)
        case .noSpace: return .tooManyHeld(limit: limit)
        case .tooManySymbolicLinkLevels: return .interpreterLinkLoop(interpreter)
        default: return nil
        }
    }

    package var code: ReasonCode {
        switch self {
        case .nameTaken: .nameTaken
        case .interpreterGone: .interpreterGone
        case .interpreterBusy: .interpreterBusy
        case .interpreterLinkLoop: .interpreterLinkLoop
        case .obstacle(let obstacle?, _): obstacle.code
        case .obstacle(nil, _): .interpreterDenied
        case .fixBinaryUnsupported: .fixBinaryUnsupported
        case .featureUnsupported: .featureUnsupported
        case .handlerMissing: .handlerMissing
        case .tooManyHeld: .tooManyHeld
        case .registryReadOnly: .registryReadOnly
        }
    }
}

extension KernelRefusal.Obstacle {
    var code: ReasonCode {
        switch self {
        case .directory, .notAFile: .interpreterNotAFile
        case .notExecutable: .interpreterNotExecutable
        case .noexec: .interpreterOnNoexec
        case .labelled: .interpreterLabelled
        }
    }
}
