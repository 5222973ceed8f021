// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// Where else a file runs that runs here: in another root, and with its owner's rights.
extension Execution {
    /// What is looked up in the root of whoever executes it, besides the file itself, and so has to be in a chroot or a
    /// container, too.
    package var needs: [FilePath] {
        var needs: [FilePath] = []
        for step in steps.dropFirst() {
            if case .interpreter(_, isHeld: true) = step.role { continue }
            needs.append(step.path)
        }
        let loaders = [steps.last, steps.first].compactMap { step -> FilePath? in
            guard case .found(let file) = step?.lookup else { return nil }
            return file.loader
        }
        for loader in loaders where !needs.contains(loader) { needs.append(loader) }
        return needs
    }

    /// What becomes of a file's set-uid and set-gid bits.
    package enum SetUser: String, Sendable, CaseIterable {
        /// They count as with any program.
        case honoured
        /// The interpreter's rights are the caller's: the entry has no `C`.
        case ignoredByEntry = "ignored-by-entry"
        /// The kernel never lets them count for a script.
        case ignoredForScript = "ignored-for-script"
        /// The file system is mounted nosuid.
        case ignoredByMount = "ignored-by-mount"
    }

    package var setUser: SetUser {
        if case .found(let file) = steps.first?.lookup, file.ignoresSetUser { return .ignoredByMount }
        switch steps.first?.handler {
        case .script: return .ignoredForScript
        case .entry(let entry): return entry.flags.contains(.credentials) ? .honoured : .ignoredByEntry
        case .processor, nil: return .honoured
        }
    }
}

extension Execution.SetUser: CustomStringConvertible {
    package var description: String {
        switch self {
        case .honoured: "its set-uid bit would count"
        case .ignoredByEntry: "a set-uid bit would not count, for want of the entry's flag C (credentials)"
        case .ignoredForScript: "a set-uid bit never counts for a script"
        case .ignoredByMount: "a set-uid bit does not count, as its file system is mounted nosuid"
        }
    }
}
