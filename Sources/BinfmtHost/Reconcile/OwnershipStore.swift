// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// The entries that are ours: in memory, and in a file for the next start. No other program writes that file.
struct OwnershipStore {
    private let file: OwnershipFile
    private var state = State.unread
    /// The entries that are ours, as far as the file could be read.
    private(set) var ownership = Ownership()
    /// Whether ``ownership`` has changes that the file lacks, and the last error of writing it.
    private var isUnsaved = false
    private var writeFailure: Errno?
    /// The reason why the file could not be read, until it is reported.
    private var readFailure: OwnershipFile.Unreadable?

    private enum State {
        case unread
        case read
        /// A call failed that may succeed the next time. The file is not overwritten until then, since it may list entries
        /// that we do not know of.
        case unreadable
    }

    init(_ file: OwnershipFile) { self.file = file }

    /// Reads the file at the first call, and again as long as that failed. Changes made in the meantime take
    /// precedence.
    mutating func load() {
        if state == .read { return }
        do {
            let read = try file.read()
            if state == .unreadable {
                ownership = Ownership(records: read.records.merging(ownership.records) { $1 })
                isUnsaved = true
            } else {
                ownership = read
            }
            state = .read
        } catch {
            // With a lost or damaged file nothing is ours: entries that match the configuration are adopted, others are
            // foreign.
            if state == .unread { readFailure = error }
            state = if case .failed(_, let error) = error, error.isTransient { .unreadable } else { .read }
        }
    }

    /// Adopts entries that are just as a disabled declaration says.
    mutating func adopt(_ deselected: [DeclaredEntry], _ observed: ObservedState) {
        if !deselected.isEmpty { ownership = ownership.adopting(deselected, observed) }
    }

    /// Sets the ownership, and writes it to the file.
    mutating func keep(_ changed: Ownership) {
        if changed != ownership { isUnsaved = true }
        ownership = changed
        if !isUnsaved || state == .unreadable { return }
        do {
            try file.write(changed)
            isUnsaved = false
            writeFailure = nil
        } catch { writeFailure = error }
    }

    /// Whether a system call failed that may succeed the next time.
    var hasFailed: Bool { writeFailure != nil || state == .unreadable }

    /// The problems with the file, for the log; the ownership in memory stays valid. A failed read is reported once.
    mutating func takeProblems() -> [String] {
        defer { readFailure = nil }
        let unwritten = writeFailure.map {
            "cannot write \(file.path): \($0); after a restart, entries would count as foreign"
        }
        return [readFailure.map { "\($0)" }, unwritten].compactMap(\.self)
    }
}
