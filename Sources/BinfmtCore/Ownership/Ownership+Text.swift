// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import LocatedTOML

/// The ownership file: TOML with a few long lists, not a table for each of thousands of entries. See docs/performance.md.
extension Ownership {
    /// - Throws: if ``text`` did not make this text.
    package init(parsing text: [UInt8]) throws(Damaged) {
        let document: TOMLDocument
        do { document = try TOMLDocument(parsing: text, limits: Self.limits) } catch { throw Damaged() }
        let table = document.table
        guard table["version"]?.integer == Self.version else { throw Damaged() }
        let files = (table["files"]?.array ?? []).compactMap { $0.string.map(FilePath.init(key:)) }
        let interpreters = try (table["interpreters"]?.array ?? []).map(Self.interpreter)
        // Thousands of entries with one interpreter share what is held.
        let alone = interpreters.map { HeldFiles($0) }
        let names = table["entries"]?.array ?? []
        let numbers = try Self.integers(table["records"]?.array ?? [], count: names.count * Self.recordLength)
        let bound = try Self.bound(table["bound"]?.array ?? [], interpreters)
        self.init()
        records.reserveCapacity(names.count)
        for (place, value) in names.enumerated() {
            guard let name = value.string else { throw Damaged() }
            let first = place * Self.recordLength
            var record = Record()
            if numbers[first] != 0 {
                record.registration = RegistrationIdentity(inode: UInt64(bitPattern: numbers[first]))
            }
            record.declaredIn = try Self.element(numbers[first + 1], of: files)
            let held = try Self.element(numbers[first + 2], of: alone)
            let others = bound[place + 1] ?? []
            record.interpreter = others.isEmpty ? held : held.flatMap { HeldFiles($0.files + others) }
            records[EntryName(key: name)] = record
        }
    }

    /// The text is not an ownership file of this version.
    package struct Damaged: Error, Hashable {}

    private static let version: Int64 = 1

    /// In bytes: 500 for an entry of the longest name, for more entries than any kernel can hold.
    private static let limits = TOMLLimits(fileSize: 1 << 26)

    /// The number of integers in a record.
    private static let recordLength = 3

    /// The text in UTF-8.
    package var text: [UInt8] {
        var files = Places<HashedPath>()
        var interpreters = Places<FileIdentity>()
        var names: [String] = []
        var numbers: [Int] = []
        var bound: [[Int]] = []
        names.reserveCapacity(records.count)
        numbers.reserveCapacity(records.count * Self.recordLength)
        for (name, record) in records {
            names.append(name.key)
            numbers.append(Int(bitPattern: UInt(record.registration?.inode ?? 0)))
            numbers.append(record.declaredIn.map { files.place(of: HashedPath($0)) } ?? 0)
            let held = (record.interpreter?.files ?? []).map { interpreters.place(of: $0) }
            numbers.append(held.first ?? 0)
            if held.count > 1 { bound.append([names.count] + held.dropFirst()) }
        }
        // An older release may have to read it.
        var writer = TOMLWriter(version: .v1_0)
        writer.comment(
            """
            The entries that binfmtd registered. A running daemon does not read this file again.
            An interpreter: device, inode, size, mtime and ctime in ns. A record, one for each entry: inode (0: being registered),
            place in files, from 1, of the file that declares it (0: none), place in interpreters of the file that the
            kernel holds for it (0: unknown, or none). In bound, for each entry that holds several: its place in entries,
            from 1, and the places of the others.
            """)
        writer.pair("version", Self.version)
        writer.pair("files", files.all.map(\.path.key))
        writer.pair("interpreters", interpreters.all.map(Self.numbers))
        writer.pair("entries", names)
        writer.pair("records", numbers)
        if !bound.isEmpty { writer.pair("bound", bound) }
        return writer.utf8
    }

    /// The files besides the first that the kernel holds for entries, by the entries' places, from 1.
    private static func bound(
        _ lists: [TOMLValue], _ interpreters: [FileIdentity]
    ) throws(Damaged) -> [Int: [FileIdentity]] {
        var bound: [Int: [FileIdentity]] = [:]
        for list in lists {
            let values = list.array ?? []
            let numbers = try integers(values, count: values.count)
            guard let place = numbers.first.flatMap({ Int(exactly: $0) }) else { throw Damaged() }
            for number in numbers.dropFirst() {
                guard let file = try element(number, of: interpreters) else { throw Damaged() }
                bound[place, default: []].append(file)
            }
        }
        return bound
    }

    private static func element<Element>(_ number: Int64, of list: [Element]) throws(Damaged) -> Element? {
        if number == 0 { return nil }
        guard let place = Int(exactly: number), place >= 1, place <= list.count else { throw Damaged() }
        return list[place - 1]
    }

    private static func interpreter(_ value: TOMLValue) throws(Damaged) -> FileIdentity {
        let array = value.array ?? []
        // Without ctime, as the first versions noted it.
        let numbers = try integers(array, count: array.count == 4 ? 4 : 5)
        return FileIdentity(
            device: UInt64(bitPattern: numbers[0]), inode: UInt64(bitPattern: numbers[1]), size: numbers[2],
            modified: FileTime(sinceEpoch: numbers[3]),
            changed: numbers.count == 5 ? FileTime(sinceEpoch: numbers[4]) : nil)
    }

    private static func numbers(_ identity: FileIdentity) -> [Int] {
        [
            Int(bitPattern: UInt(identity.device)), Int(bitPattern: UInt(identity.inode)), Int(identity.size),
            identity.modified.sinceEpoch,
        ] + (identity.changed.map { [$0.sinceEpoch] } ?? [])
    }

    private static func integers(_ values: [TOMLValue], count: Int) throws(Damaged) -> [Int64] {
        let integers = values.compactMap { $0.integer }
        guard integers.count == values.count, values.count == count else { throw Damaged() }
        return integers
    }
}

/// A list of distinct elements and their places, from 1.
private struct Places<Element: Hashable> {
    private(set) var all: [Element] = []
    private var places: [Element: Int] = [:]
    /// The place that was returned last, because many elements in a row are the same. See docs/performance.md.
    private var recent = 0

    mutating func place(of element: Element) -> Int {
        if recent > 0, all[recent - 1] == element { return recent }
        if let place = places[element] {
            recent = place
        } else {
            all.append(element)
            places[element] = all.count
            recent = all.count
        }
        return recent
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
