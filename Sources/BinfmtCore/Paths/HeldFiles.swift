// SPDX-License-Identifier: Apache-2.0

/// The files that the kernel holds for one entry: that of its interpreter, or those of the interpreters that its BPF
/// handler may choose, in the order of their names.
package struct HeldFiles: Hashable, Sendable {
    /// Apart from the others, so that thousands of entries with one interpreter need no list each.
    private let first: FileIdentity
    private let others: [FileIdentity]

    package init(_ file: FileIdentity) {
        first = file
        others = []
    }

    /// - Returns: nil for an empty list.
    package init?(_ files: some Sequence<FileIdentity>) {
        let files = Array(files)
        guard let first = files.first else { return nil }
        self.first = first
        others = Array(files.dropFirst())
    }

    package var files: [FileIdentity] { [first] + others }

    /// The place of the first file that is another one than at the same place of `current`, as far as both say; nil if all
    /// are the same.
    package func firstDifference(from current: HeldFiles) -> Int? {
        if !first.isSame(as: current.first) { return 0 }
        let isSame = others.count == current.others.count
        if isSame, others.isEmpty { return nil }
        let place = zip(others, current.others).enumerated().first { !$1.0.isSame(as: $1.1) }?.offset
        return place.map { $0 + 1 } ?? (isSame ? nil : min(files.count, current.files.count))
    }
}
