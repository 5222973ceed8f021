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
        let interpreters = try (table["interpreters"]?.array ?? []).map(Self.interpreter)
        self.init()
        guard let entries = table["entry"]?.table else { return }
        records.reserveCapacity(entries.count)
        for (key, value) in entries {
            records[EntryName(observed: key.name.utf8)] = try Self.record(value, files, interpreters)
        }
    }

    /// The state file is not one, or not of this version.
    package struct Damaged: Error, Hashable {}

    private static let version: Int64 = 1

    /// Some 500 bytes an entry of the longest name, and more entries than any kernel could bear.
    private static let maximumSize = 1 << 26

    /// The text in UTF-8.
    package var text: [UInt8] {
        var files = Places<FilePath>()
        var interpreters = Places<FileIdentity>()
        var entries = TOMLWriter()
        entries.table(["entry"])
        for (name, record) in records {
            let registration = record.registration
            var numbers = [
                Int(bitPattern: UInt(registration?.inode ?? 0)), registration?.registered.sinceEpoch ?? 0,
                record.declaredIn.map { files.place(of: $0) } ?? -1,
            ]
            if let file = record.interpreter { numbers.append(interpreters.place(of: file)) }
            entries.pair(String(decoding: name.bytes, as: UTF8.self), numbers)
        }
        var writer = TOMLWriter()
        writer.comment(
            """
            What binfmtd registered; it does not read a changed file back before its next start.
            An interpreter: device, inode, size, mtime in ns. An entry: inode (0: it is being registered), mtime in ns,
            place in files of what declares it (-1: none), place in interpreters of what the kernel holds for it.
            """)
        writer.pair("version", Self.version)
        writer.pair("files", files.all.map(\.string))
        writer.pair("interpreters", interpreters.all.map(Self.numbers))
        return writer.utf8 + [UInt8(ascii: "\n")] + entries.utf8
    }

    private static func record(
        _ value: TOMLValue, _ files: [FilePath], _ interpreters: [FileIdentity]
    ) throws(Damaged) -> Record {
        let numbers = try integers(value, count: 3...4)
        func element<Element>(_ number: Int64, of list: [Element]) throws(Damaged) -> Element {
            guard let place = Int(exactly: number), list.indices.contains(place) else { throw Damaged() }
            return list[place]
        }
        var record = Record()
        if numbers[0] != 0 {
            record.registration = RegistrationIdentity(
                inode: UInt64(bitPattern: numbers[0]), registered: FileTime(sinceEpoch: numbers[1]))
        }
        if numbers[2] >= 0 { record.declaredIn = try element(numbers[2], of: files) }
        if numbers.count > 3 { record.interpreter = try element(numbers[3], of: interpreters) }
        return record
    }

    private static func interpreter(_ value: TOMLValue) throws(Damaged) -> FileIdentity {
        let numbers = try integers(value, count: 4...4)
        return FileIdentity(
            device: UInt64(bitPattern: numbers[0]), inode: UInt64(bitPattern: numbers[1]), size: numbers[2],
            modified: FileTime(sinceEpoch: numbers[3]))
    }

    private static func numbers(_ identity: FileIdentity) -> [Int] {
        [
            Int(bitPattern: UInt(identity.device)), Int(bitPattern: UInt(identity.inode)), Int(identity.size),
            identity.modified.sinceEpoch,
        ]
    }

    private static func integers(_ value: TOMLValue, count: ClosedRange<Int>) throws(Damaged) -> [Int64] {
        let values = value.array ?? []
        let integers = values.compactMap { $0.integer }
        guard count.contains(values.count), integers.count == values.count else { throw Damaged() }
        return integers
    }
}

/// A list that has each of its elements once.
private struct Places<Element: Hashable> {
    private(set) var all: [Element] = []
    private var places: [Element: Int] = [:]

    mutating func place(of element: Element) -> Int {
        if let place = places[element] { return place }
        places[element] = all.count
        all.append(element)
        return all.count - 1
    }
}

extension FileTime {
    /// In nanoseconds; as a file system's times go, until the year 2262.
    fileprivate var sinceEpoch: Int { Int(seconds &* 1_000_000_000 &+ nanoseconds) }

    fileprivate init(sinceEpoch nanoseconds: Int64) {
        let (seconds, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        self.init(seconds: rest < 0 ? seconds - 1 : seconds, nanoseconds: rest < 0 ? rest + 1_000_000_000 : rest)
    }
}
