// SPDX-License-Identifier: Apache-2.0
import BinfmtHost
import CLinux
import SystemPackage
import TestSupport
import Testing

/// Every event is in the queue when the call that causes it returns, so that no test waits for one.
struct InotifyTests {
    private let folder = TemporaryDirectory()
    private let events: Inotify
    private let told = Told()

    /// The events that the actions received.
    private final class Told {
        var names: [String] = []

        func take() -> [String] {
            defer { names = [] }
            return names
        }
    }

    init() throws {
        events = try Inotify()
        try folder.write("", to: "inner/first")
    }

    private func watch(_ path: FilePath, _ label: String, _ mask: Int32) throws -> AnyObject {
        try events.watch(path, mask) { [told] mask, name in
            let name = String(decoding: name, as: UTF8.self)
            told.names.append("\(label) \(mask & UInt32(IN_IGNORED) != 0 ? "gone" : name)")
        }
    }

    @Test func eachWatchGetsItsOwnEvents() throws {
        let all = [
            try watch(folder.path.appending("inner"), "made", IN_CREATE),
            try watch(folder.path.appending("./inner"), "removed", IN_DELETE),
        ]
        try folder.write("", to: "inner/second/third")
        try folder.remove("inner/first")
        try events.handleEvents()
        #expect(told.take() == ["made second", "removed first"])
        withExtendedLifetime(all) {}
    }

    @Test func aDroppedWatchGetsNoMoreEvents() throws {
        let path = folder.path.appending("inner")
        var first: AnyObject? = try watch(path, "first", IN_CREATE)
        var second: AnyObject? = try watch(path, "second", IN_CREATE)
        first = nil
        try folder.write("", to: "inner/a/b")
        try events.handleEvents()
        #expect(told.take() == ["second a"])
        second = nil
        try folder.write("", to: "inner/c/d")
        try events.handleEvents()
        #expect(told.take() == [])
        withExtendedLifetime((first, second)) {}
    }

    @Test func anActionMayDropAnotherWatch() throws {
        final class Kept { var watch: AnyObject? }
        let path = folder.path.appending("inner")
        let kept = Kept()
        let first = try events.watch(path, IN_CREATE) { [told] _, _ in
            told.names.append("first")
            kept.watch = nil
        }
        kept.watch = try watch(path, "second", IN_CREATE)
        try folder.write("", to: "inner/a/b")
        try events.handleEvents()
        #expect(told.take() == ["first"])
        withExtendedLifetime(first) {}
    }

    @Test func aRemovedDirectoryIsReported() throws {
        let watch = try watch(folder.path.appending("inner"), "inner", IN_CREATE)
        try folder.remove("inner")
        try events.handleEvents()
        #expect(told.take() == ["inner gone"])
        withExtendedLifetime(watch) {}
    }

    @Test func aMissingDirectoryIsAnError() {
        #expect(throws: Errno.noSuchFileOrDirectory) { try events.watch("/nowhere", IN_CREATE) { _, _ in } }
    }
}
