// SPDX-License-Identifier: Apache-2.0
import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import BinfmtHost

/// Paths resolve as the kernel resolves them.
@Suite struct PathResolverTests {
    private let root = TemporaryDirectory()

    init() throws {
        try root.write("text", to: "one/two/file")
        try root.link("absolute", to: root.path.appending("one/two").string)
        try root.link("relative", to: "one/../one/two")
        try root.link("up", to: "absolute/..")
        try root.link("one/two/link", to: "../../relative/file")
        try root.link("dangling", to: "one/nothing")
        try root.link("round", to: "about")
        try root.link("about", to: "round")
        try root.link("self", to: "self/self/self")
    }

    @Test(arguments: [
        "one/two/file", "absolute/file", "relative/file", "up/two/file", "one/two/link", "up/two/link", "one/two",
        "absolute", "up", "one/./two//file", "one/two/../two/file", "dangling", "dangling/more", "nothing",
        "nothing/more",
        "one/two/file/more", "one/two/file/..", "round", "round/more", "self", "self/more",
    ])
    func leadsWhereStatDoes(_ name: String) throws {
        let path = root.path.string + "/" + name
        let found = PathResolver(nil).resolve(FilePath(path)).stat
        switch Result(catching: { () throws(Errno) in try Stat(path) }) {
        case .success(let stat):
            let found = try found.get()
            #expect(found.inode == stat.inode && found.deviceID == stat.deviceID && found.mode == stat.mode)
        case .failure(let error): #expect(throws: error) { try found.get() }
        }
    }

    @Test func aChainOfFortyLinksIsFollowedAndOneMoreIsNot() throws {
        for number in 1...41 { try root.link("chain\(number)", to: number == 1 ? "one" : "chain\(number - 1)") }
        let resolver = PathResolver(nil)
        #expect(throws: Errno.tooManySymbolicLinkLevels) {
            try resolver.resolve(root.path.appending("chain41")).stat.get()
        }
        #expect(try resolver.resolve(root.path.appending("chain40")).stat.get().type == .directory)
    }

    @Test func aNameMayBeAnyBytes() throws {
        let path = root.path.appending("one").appending(name: [0xff, 0xfe])
        let made = path.withPlatformString { mkdir($0, 0o755) }
        #expect(made == 0)
        #expect(try PathResolver(nil).resolve(path).stat.get().type == .directory)
        #expect(throws: Errno.noSuchFileOrDirectory) {
            try PathResolver(nil).resolve(root.path.appending("one").appending(name: [0xff, 0xfd])).stat.get()
        }
    }

    /// Links through other links: each target is examined once.
    @Test func linksOfLinksTakeNoMoreThanTheirParts() throws {
        for number in 1...20 {
            let target =
                number == 1 ? "one" : Array(repeating: "wide\(number - 1)/..", count: 40).joined(separator: "/")
            try root.link("wide\(number)", to: target)
        }
        // Without a memory it would be 40 to the 20th.
        _ = PathResolver(nil).resolve(root.path.appending("wide20")).stat
    }

    /// Every directory on the way, with the names that lead on.
    @Test func dependsOnEveryNameOnTheWay() {
        let dependencies = PathDependencies(of: [PathResolver(nil).resolve(root.path.appending("up/two/nothing"))])
        func names(_ directory: String) -> Set<String> {
            let path = directory.isEmpty ? root.path : root.path.appending(directory)
            let names = dependencies.directories.first { $0.key.path == path }?.value.names ?? []
            return Set(names.map { String(decoding: $0, as: UTF8.self) })
        }
        #expect(names("") == ["up", "absolute", "one"])
        #expect(names("one") == ["two"])
        #expect(names("one/two") == ["..", "nothing"])
        #expect(dependencies.directories.keys.contains { $0.path == "/" })
    }

    /// Each of two paths to one file could change.
    @Test func dependsOnEachOfTwoWays() throws {
        try root.link("second", to: "one/two")
        let resolver = PathResolver(nil)
        let paths = ["relative/file", "second/file"].map { resolver.resolve(root.path.appending($0)) }
        let dependencies = PathDependencies(of: paths)
        let names = dependencies.directories.first { $0.key.path == root.path }?.value.names ?? []
        #expect(Set(names.map { String(decoding: $0, as: UTF8.self) }) == ["relative", "second", "one"])
    }

    /// A user who can change a link can change where `..` behind it leads.
    @Test func aLinkBeforeTwoDotsIsJudged() throws {
        try root.write("", to: "loose/made")
        try root.link("loose/link", to: root.path.appending("one/two").string)
        let loose = root.path.appending("loose")
        try #require(chmod(loose.string, 0o777) == 0)
        let resolver = PathResolver(trusting: getuid())
        #expect(try resolver.hazard(of: root.path.appending("one/two/file")) == nil)
        #expect(
            try resolver.hazard(of: loose.appending("link/../two/file")) == .worldWritable(loose, mode: 0o777))
    }
}
