// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import TOML

/// The form in which ownership outlives the daemon: TOML, a table an entry.
extension Ownership {
    /// - Throws: `damaged` if this is not a text that ``text`` made.
    package init(parsing text: [UInt8]) throws(Damaged) {
        let document: TOMLDocument
        do { document = try TOMLDocument(parsing: text, limit: Self.maximumSize) } catch { throw Damaged() }
        guard document.table["version"]?.integer == Self.version else { throw Damaged() }
        self.init()
        guard let entries = document.table["entry"]?.table else { return }
        for (key, value) in entries {
            guard let table = value.table else { throw Damaged() }
            records[EntryName(observed: key.name.utf8)] = try Self.record(table)
        }
    }

    /// The state file is not one, or not of this version.
    package struct Damaged: Error, Hashable {}

    private static let version: Int64 = 1

    /// Some 500 bytes an entry of the longest name, and more entries than any kernel could bear.
    private static let maximumSize = 1 << 26

    package var text: String {
        var writer = TOMLWriter()
        writer.comment("What binfmtd registered; it does not read a changed file back before its next start.")
        writer.pair("version", Self.version)
        for (name, record) in records.sorted(by: { $0.key < $1.key }) {
            writer.table(["entry", String(decoding: name.bytes, as: UTF8.self)])
            if let registration = record.registration {
                writer.pair("registration", Self.numbers(registration))
            }
            if let interpreter = record.interpreter { writer.pair("interpreter", Self.numbers(interpreter)) }
            if let file = record.declaredIn { writer.pair("declared-in", file.string) }
        }
        return writer.text
    }

    private static func record(_ table: TOMLTable) throws(Damaged) -> Record {
        var record = Record(declaredIn: table["declared-in"]?.string.map { FilePath($0) })
        if let numbers = try numbers(table["registration"], count: 3) {
            record.registration = RegistrationIdentity(
                inode: UInt64(bitPattern: numbers[0]),
                registered: FileTime(seconds: numbers[1], nanoseconds: numbers[2]))
        }
        if let numbers = try numbers(table["interpreter"], count: 5) {
            record.interpreter = FileIdentity(
                device: UInt64(bitPattern: numbers[0]), inode: UInt64(bitPattern: numbers[1]), size: numbers[2],
                modified: FileTime(seconds: numbers[3], nanoseconds: numbers[4]))
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

    private static func numbers(_ value: TOMLValue?, count: Int) throws(Damaged) -> [Int64]? {
        guard let value else { return nil }
        let numbers = value.array?.compactMap(\.integer) ?? []
        guard numbers.count == count else { throw Damaged() }
        return numbers
    }
}
