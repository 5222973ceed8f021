// SPDX-License-Identifier: Apache-2.0

/// The files that the kernel holds for one entry: that of its interpreter, or those of the interpreters that its BPF
/// handler may choose, in the order of their names.
package struct HeldFiles: Hashable, Sendable {
    /// At least one. Entries with the same interpreter share the list.
    package let files: [FileIdentity]

    package init(_ file: FileIdentity) { files = [file] }

    /// - Returns: nil for an empty list.
    package init?(_ files: some Sequence<FileIdentity>) {
        self.files = Array(files)
        if self.files.isEmpty { return nil }
    }

    /// The place of the first file that is another one than at the same place of `current`, as far as both say; nil if all
    /// are the same.
    package func firstDifference(from current: HeldFiles) -> Int? {
        if self == current { return nil }
        let place = zip(files, current.files).enumerated().first { !$1.0.isSame(as: $1.1) }?.offset
        let hasAsMany = files.count == current.files.count
        return place ?? (hasAsMany ? nil : min(files.count, current.files.count))
    }
}
