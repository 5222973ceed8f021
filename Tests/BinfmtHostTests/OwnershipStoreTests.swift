// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import BinfmtHost

/// What is ours outlives the daemon, and a failure loses none of it.
@Suite struct OwnershipStoreTests {
    private let directory = TemporaryDirectory()
    private var file: OwnershipFile { OwnershipFile(path: directory.path.appending("state/owned.toml")) }

    private func ownership(_ names: String...) -> Ownership {
        Ownership(
            records: Dictionary(uniqueKeysWithValues: names.map { (EntryName(observed: $0.utf8), Ownership.Record()) }))
    }

    @Test func isReadAgainByTheNext() throws {
        var store = OwnershipStore(file)
        store.load()
        store.keep(ownership("a", "b"))
        #expect(!store.hasFailed && store.takeProblems().isEmpty)
        var next = OwnershipStore(file)
        next.load()
        #expect(next.ownership == ownership("a", "b"))
    }

    /// Report B3: neither names nor paths are kept as lossy text.
    @Test func namesAndPathsOfAnyBytesAreKept() throws {
        let names = [[0xff], [0xfe], Array("\u{fffd}".utf8), Array("ff".utf8)].map { EntryName(observed: $0) }
        let records = names.map { name in
            Ownership.Record(declaredIn: FilePath(bytes: Array("/etc/binfmt.d/".utf8) + name.bytes))
        }
        let ownership = Ownership(records: Dictionary(uniqueKeysWithValues: zip(names, records)))
        try file.write(ownership)
        #expect(try file.read() == ownership)
    }

    @Test func aDamagedFileOwnsNothingAndIsReportedOnce() throws {
        try directory.write("nonsense", to: "state/owned.toml")
        var store = OwnershipStore(file)
        store.load()
        #expect(store.ownership == Ownership() && !store.hasFailed)
        #expect(store.takeProblems().count == 1)
        #expect(store.takeProblems().isEmpty)
        store.load()
        store.keep(ownership("a"))
        #expect(try file.read() == ownership("a"))
    }

    /// What cannot be read now may list entries that are not known: it is not overwritten, and merged later.
    @Test func aFileThatCannotBeReadForNowIsNotOverwritten() throws {
        try directory.write(String(decoding: ownership("old").text, as: UTF8.self), to: "kept")
        let path = directory.path.appending("state/owned.toml")
        try Files.makeDirectory(path.removingLastComponent())
        // Reading more of it than there can be descriptors for is a lack of luck.
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        var none = limit
        none.rlim_cur = 0
        rename(directory.path.appending("kept").string, path.string)
        var store = OwnershipStore(file)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &none)
        store.load()
        store.keep(ownership("new"))
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        #expect(store.hasFailed && store.takeProblems().count == 1)
        #expect(try file.read() == ownership("old"))
        store.load()
        store.keep(store.ownership)
        #expect(!store.hasFailed)
        #expect(try file.read() == ownership("old", "new"))
    }

    @Test func aFailedWriteIsTriedAgain() throws {
        // A file where the directory has to be.
        try directory.write("", to: "state")
        var store = OwnershipStore(file)
        store.load()
        store.keep(ownership("a"))
        #expect(store.hasFailed && store.takeProblems().last?.contains("owned.toml") == true)
        #expect(store.ownership == ownership("a"))
        try directory.remove("state")
        store.keep(store.ownership)
        #expect(!store.hasFailed && store.takeProblems().isEmpty)
        #expect(try file.read() == ownership("a"))
    }
}
