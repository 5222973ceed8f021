// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// Whether a file that runs here also runs in another root, and with its owner's rights.
extension Execution {
    /// The files besides the program that the kernel looks up in the caller's root, so that a chroot or a container needs
    /// them, too.
    package var needs: [FilePath] {
        var needs: [FilePath] = []
        for step in steps.dropFirst() {
            if step.role.isHeld, !step.isScript { continue }
            needs.append(step.path)
        }
        let loaders = [steps.last, steps.first].compactMap { step -> FilePath? in
            // An entry with L has a loader in place of the one that the program names.
            if case .entry(let entry) = step?.handler, entry.flags.contains(.loader) { return nil }
            guard case .found(let file) = step?.lookup else { return nil }
            return file.loader
        }
        for loader in loaders where !needs.contains(loader) { needs.append(loader) }
        return needs
    }

    /// What the kernel does with a file's set-uid and set-gid bits.
    package enum SetUser: String, CaseIterable, Sendable {
        /// They take effect, as with any program.
        case honoured
        /// The interpreter runs with the caller's rights, because the entry has no `C`.
        case ignoredByEntry = "ignored-by-entry"
        /// The kernel ignores them for every script.
        case ignoredForScript = "ignored-for-script"
        /// The file system is mounted nosuid.
        case ignoredByMount = "ignored-by-mount"
    }

    package var setUser: SetUser {
        if case .found(let file) = steps.first?.lookup, file.ignoresSetUser { return .ignoredByMount }
        switch steps.first?.handler {
        case .script: return .ignoredForScript
        case .entry(let entry) where entry.flags.contains(.loader): return .honoured
        case .entry(let entry): return entry.flags.contains(.credentials) ? .honoured : .ignoredByEntry
        case .processor, nil: return .honoured
        }
    }
}

extension Execution.SetUser: CustomStringConvertible {
    package var description: String {
        switch self {
        case .honoured: "a set-uid bit would take effect"
        case .ignoredByEntry: "a set-uid bit would be ignored, because the entry lacks the flag C (credentials)"
        case .ignoredForScript: "the kernel ignores the set-uid bit of a script"
        case .ignoredByMount: "a set-uid bit is ignored, because its file system is mounted nosuid"
        }
    }
}

extension Execution.Step {
    /// Whether another program runs it, and opens it by its path.
    fileprivate var isScript: Bool {
        if case .script = handler { true } else { false }
    }
}
