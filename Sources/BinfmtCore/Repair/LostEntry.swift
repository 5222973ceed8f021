// SPDX-License-Identifier: Apache-2.0

/// A foreign entry that a flush removed.
struct LostEntry: Hashable, Sendable {
    let entry: Entry
    /// What was at its interpreters' paths before.
    private let files: [HashedPath: InterpreterFile]
    /// Whether another program had disabled it: a new registration would be enabled.
    private let wasDisabled: Bool
    /// Whether it cannot be restored as it was: it was disabled, another file is there now, or others than root can
    /// change it.
    private(set) var hasChanged: Bool

    init(_ entry: Entry, _ files: [HashedPath: InterpreterFile], wasDisabled: Bool = false) {
        self.entry = entry
        let paths = Set(entry.namedInterpreters.map(HashedPath.init))
        self.files = files.filter { paths.contains($0.key) }
        self.wasDisabled = wasDisabled
        hasChanged = wasDisabled
    }

    func compared(with files: [HashedPath: InterpreterFile]) -> LostEntry {
        let found = entry.namedInterpreters.map(HashedPath.init).compactMap { path in files[path].map { (path, $0) } }
        if found.isEmpty { return self }
        var compared = self
        // Without F the kernel looks the interpreter up at each exec.
        let isOther =
            entry.holdsInterpreters && found.contains { path, now in self.files[path].map(now.differs) == true }
        compared.hasChanged = wasDisabled || isOther || found.contains { $0.1.hazard != nil }
        return compared
    }
}
