// SPDX-License-Identifier: Apache-2.0
import SystemPackage

extension DesiredState {
    /// The interpreters that an entry names, as this host has them.
    struct Candidates {
        private let declared: DeclaredEntry
        /// Those that the entry may use; the errno says why a file is missing.
        private(set) var safe: [(path: FilePath, file: InterpreterFile)] = []
        /// Why the others are unsafe.
        private(set) var unsafe: [Hazard] = []
        /// Whether one of those exists.
        private(set) var hasUnsafeFile = false
        /// The one to use, and its file as the kernel would hold it.
        let found: (path: FilePath, file: InterpreterFile)?
        let held: HeldFiles?
        /// The first that went away a short time ago.
        let vanished: FilePath?

        init(_ declared: DeclaredEntry, _ facts: HostFacts) {
            self.declared = declared
            for path in declared.interpreters {
                let file = facts.interpreters[HashedPath(path)] ?? .missing(.noSuchFileOrDirectory)
                if let hazard = file.hazard, !declared.allowsUnsafeInterpreter {
                    unsafe.append(hazard)
                    hasUnsafeFile = hasUnsafeFile || file.exists
                } else {
                    safe.append((path, file))
                }
            }
            found = safe.first { $0.file.identity != nil }
            held = found?.file.identity.map { HeldFiles($0) }
            vanished = safe.first { facts.vanished.contains($0.path) }?.path
        }

        /// Whether they are another entry's, too, as with many entries in a row. See docs/performance.md.
        func are(of other: DeclaredEntry) -> Bool { declared.hasSameCandidates(as: other) }

        /// Why a better candidate than the one to use could not be looked at; nil if none is better, or all could.
        var unreadable: WithheldReason? {
            for (path, file) in safe.prefix(while: { $0.file.identity == nil }) {
                if let failure = file.failure { return .interpreterUnreadable(path, failure) }
            }
            return nil
        }
    }
}
