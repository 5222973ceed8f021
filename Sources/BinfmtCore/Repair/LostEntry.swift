// SPDX-License-Identifier: Apache-2.0

/// A foreign entry that a flush removed.
struct LostEntry: Hashable, Sendable {
    let entry: Entry
    /// What was at its interpreter's path before.
    private let file: InterpreterFile?
    /// Whether another program had disabled it: a new registration would be enabled.
    private let wasDisabled: Bool
    /// Whether it cannot be restored as it was: it was disabled, another file is there now, or others than root can
    /// change it.
    private(set) var hasChanged: Bool

    init(_ entry: Entry, _ files: [HashedPath: InterpreterFile], wasDisabled: Bool = false) {
        self.entry = entry
        file = files[HashedPath(entry.interpreter)]
        self.wasDisabled = wasDisabled
        hasChanged = wasDisabled
    }

    func compared(with files: [HashedPath: InterpreterFile]) -> LostEntry {
        guard let now = files[HashedPath(entry.interpreter)] else { return self }
        var compared = self
        // Without F the kernel looks the interpreter up at each exec.
        let isOther = entry.flags.contains(.fixBinary) && file.map(now.differs) == true
        compared.hasChanged = wasDisabled || isOther || now.hazard != nil
        return compared
    }
}
