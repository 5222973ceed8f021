// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import TOML

/// The form in which ownership outlives the daemon: TOML, an array of numbers an entry, since there may be thousands.
extension Ownership {
    /// - Throws: `damaged` if this is not a text that ``text`` made.
    package init(parsing text: [UInt8]) throws(Damaged) {
        let document: TOMLDocument
        do { document = try TOMLDocument(parsing: text, limit: Self.maximumSize) } catch { throw Damaged() }
        let table = document.table
        guard table["version"]?.integer == Self.version else { throw Damaged() }
        let files = (table["files"]?.array ?? []).compactMap { $0.string.map { FilePath($0) } }
        self.init()
        guard let entries = table["entry"]?.table else { return }
        records.reserveCapacity(entries.count)
        for (key, value) in entries {
            let numbers = (value.array ?? []).compactMap { $0.integer }
            records[EntryName(observed: key.name.utf8)] = try Self.record(numbers, files)
        }
    }

    /// The state file is not one, or not of this version.
    package struct Damaged: Error, Hashable {}

    private static let version: Int64 = 1

    /// Some 500 bytes an entry of the longest name, and more entries than any kernel could bear.
    private static let maximumSize = 1 << 26

    /// The text in UTF-8.
    package var text: [UInt8] {
        let files = Set(records.values.compactMap(\.declaredIn)).sorted { $0.string < $1.string }
        let places = Dictionary(uniqueKeysWithValues: files.enumerated().map { ($0.element, $0.offset) })
        var writer = TOMLWriter()
        writer.comment(
            """
            What binfmtd registered; it does not read a changed file back before its next start.
            An entry: inode, mtime (s, ns), place of its declaration in files; with F: device, inode, size, mtime (s, ns).
            """)
        writer.pair("version", Self.version)
        writer.pair("files", files.map(\.string))
        writer.table(["entry"])
        for (name, record) in records {
            var numbers = record.registration.map(Self.numbers) ?? Self.unregistered
            numbers.append(record.declaredIn.flatMap { places[$0] } ?? Self.undeclared)
            if let interpreter = record.interpreter { numbers += Self.numbers(interpreter) }
            writer.pair(String(decoding: name.bytes, as: UTF8.self), numbers)
        }
        return writer.utf8
    }

    /// Of an entry that is being registered; no file's inode number is 0.
    private static let unregistered = [0, 0, 0]
    /// Of an entry that no file declares.
    private static let undeclared = -1

    private static func record(_ numbers: [Int64], _ files: [FilePath]) throws(Damaged) -> Record {
        guard numbers.count == 4 || numbers.count == 9 else { throw Damaged() }
        var record = Record()
        if numbers[0] != 0 {
            record.registration = RegistrationIdentity(
                inode: UInt64(bitPattern: numbers[0]),
                registered: FileTime(seconds: numbers[1], nanoseconds: numbers[2]))
        }
        if numbers[3] != Int64(undeclared) {
            guard files.indices.contains(Int(numbers[3])) else { throw Damaged() }
            record.declaredIn = files[Int(numbers[3])]
        }
        if numbers.count == 9 {
            record.interpreter = FileIdentity(
                device: UInt64(bitPattern: numbers[4]), inode: UInt64(bitPattern: numbers[5]), size: numbers[6],
                modified: FileTime(seconds: numbers[7], nanoseconds: numbers[8]))
        }
        return record
    }

    private static func numbers(_ identity: RegistrationIdentity) -> [Int] {
        [
            Int(bitPattern: UInt(identity.inode)), Int(identity.registered.seconds),
            Int(identity.registered.nanoseconds),
        ]
    }

    private static func numbers(_ identity: FileIdentity) -> [Int] {
        [
            Int(bitPattern: UInt(identity.device)), Int(bitPattern: UInt(identity.inode)), Int(identity.size),
            Int(identity.modified.seconds), Int(identity.modified.nanoseconds),
        ]
    }
}
