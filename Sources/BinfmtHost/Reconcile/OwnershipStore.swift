// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// What is ours: the truth in memory, and the file that keeps it for the next start. Nobody else writes that file.
struct OwnershipStore {
    private let file: OwnershipFile
    private var state = State.unread
    /// What is ours, as far as the file could be read.
    private(set) var ownership = Ownership()
    /// Whether the file does not say all that ``ownership`` does, and the last error of writing it.
    private var isUnsaved = false
    private var writeFailure: Errno?
    /// Why the file could not be read, until that was reported.
    private var readFailure: OwnershipFile.Unreadable?

    private enum State {
        case unread
        case read
        /// A call failed that may succeed the next time. The file is not overwritten until then, since it may list entries
        /// that we do not know of.
        case unreadable
    }

    init(_ file: OwnershipFile) { self.file = file }

    /// Reads the file at the first call, and again as long as that failed. What was done meanwhile counts for more.
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
            // A file that is lost or damaged owns nothing: what is as it should be is adopted, the rest is foreign.
            if state == .unread { readFailure = error }
            state = if case .failed(_, let error) = error, error.isTransient { .unreadable } else { .read }
        }
    }

    /// Goes by this from now on, and writes it down.
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

    /// Whether a call failed that may succeed the next time.
    var hasFailed: Bool { writeFailure != nil || state == .unreadable }

    /// What is wrong with the file; this process goes by what it knows all the same. A failed read is reported once.
    mutating func takeProblems() -> [String] {
        defer { readFailure = nil }
        let unwritten = writeFailure.map {
            "cannot write \(file.path): \($0); a restart would take its entries for foreign"
        }
        return [readFailure.map { "\($0)" }, unwritten].compactMap(\.self)
    }
}
