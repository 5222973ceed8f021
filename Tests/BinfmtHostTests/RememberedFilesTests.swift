// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import CLinux
import Foundation
import SystemPackage
import TestSupport
import Testing

/// What is remembered of files and forgotten by events is what somebody finds who reads them all.
@Suite struct RememberedFilesTests {
    private let root = TemporaryDirectory()

    private static let folders = [
        "etc/binfmtd/entries.d", "usr/lib/binfmtd/entries.d", "etc/binfmt.d", "usr/lib/binfmt.d",
    ]
    private static let interpreters = ["bin/one", "bin/two", "lib/bin/one"]

    /// A file of the configuration, wherever it may be.
    private static let files: [String] =
        ["etc/binfmtd/binfmtd.toml", "run/binfmtd/binfmtd.toml", "elsewhere/x.toml", "elsewhere/x.conf"]
        + folders.flatMap { folder in
            ["a", "b\u{FF}"].map { "\(folder)/\($0).\(folder.hasSuffix("entries.d") ? "toml" : "conf")" }
        }

    private func text(of file: String, _ number: Int) -> String {
        let interpreter = root.path.appending(Self.interpreters[number % Self.interpreters.count])
        let name = file.hasPrefix("elsewhere") ? "x" : file.contains("/a.") ? "a" : "b"
        if file.hasSuffix("binfmtd.toml") {
            return "[daemon.read]\nbinfmt-d = \(number % 4 != 0)\n[qemu]\ntargets = []\n"
        }
        if file.hasSuffix("conf") { return ":\(name):M::CONF\(number)::\(interpreter):\n" }
        return
            "[entry.\(name)]\nmagic = \"TOML\(number)\"\ninterpreter = \"\(interpreter)\"\nfix-binary = \(number > 4)\n"
    }

    /// Does something to a file or a folder, as its user or a package would.
    private func change(_ random: inout SeededGenerator) throws -> String {
        func path(_ name: String) -> String { root.path.appending(name).string }
        func pick(_ names: [String]) -> String { names.randomElement(using: &random) ?? "" }
        let manager = FileManager.default
        let number = Int.random(in: 0..<9, using: &random)
        let file = pick(Self.files)
        let interpreter = pick(Self.interpreters)
        let folder = pick(Self.folders + ["etc/binfmtd", "bin", "lib/bin", "elsewhere"])
        func make(_ name: String) throws {
            try manager.createDirectory(
                at: URL(filePath: path(name)).deletingLastPathComponent(), withIntermediateDirectories: true)
        }
        switch Int.random(in: 0..<14, using: &random) {
        case 0...2:
            try root.write(text(of: file, number), to: file)
            return "replaced \(file)"
        case 3:
            try make(file)
            try? Data(text(of: file, number).utf8).write(to: URL(filePath: path(file)))
            return "wrote \(file)"
        case 4:
            try make(file)
            try? Data().write(to: URL(filePath: path(file)))
            return "emptied \(file)"
        case 5:
            try? manager.removeItem(atPath: path(file))
            return "removed \(file)"
        case 6:
            try make(file)
            try? manager.removeItem(atPath: path(file))
            let target = pick([path("elsewhere/x.toml"), path("elsewhere/x.conf"), "a.toml", "gone"])
            try root.link(file, to: target)
            return "\(file) leads to \(target)"
        case 7:
            chmod(path(pick([file, interpreter])), number.isMultiple(of: 2) ? 0o777 : 0o755)
            return "changed the mode of \(file) or \(interpreter)"
        case 8:
            // That of a program that needs a loader, or of none.
            let content = try number < 5 ? Data(contentsOf: URL(filePath: "/bin/true")) : Data("\(number)".utf8)
            try make(interpreter)
            try? content.write(to: URL(filePath: path("fresh")))
            rename(path("fresh"), path(interpreter))
            return "replaced \(interpreter)"
        case 9:
            try make(interpreter)
            try? manager.removeItem(atPath: path(interpreter))
            try root.link(interpreter, to: "../\(pick(Self.interpreters))")
            return "\(interpreter) leads elsewhere"
        case 10:
            try? manager.removeItem(atPath: path(folder))
            return "removed \(folder)"
        case 11:
            let changed = pick(["bin", "lib/bin", folder])
            chmod(path(changed), number.isMultiple(of: 2) ? 0o777 : 0o755)
            return "changed the mode of \(changed)"
        case 12:
            // Nobody watches these: it shows as soon as something else happens.
            let above = pick(["etc", "lib", "usr/lib"])
            chmod(path(above), number.isMultiple(of: 2) ? 0o777 : 0o755)
            let edited = path("usr/lib/binfmtd/binfmtd.toml")
            if manager.fileExists(atPath: edited) {
                try? Data(contentsOf: URL(filePath: edited)).write(to: URL(filePath: edited))
            }
            return "changed the mode of \(above)"
        default:
            if rename(path(folder), path("aside")) == 0 { return "moved \(folder) away" }
            try make(folder)
            rename(path("aside"), path(folder))
            return "moved \(folder) back"
        }
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func areAsSomebodyFindsThemWhoReadsAll(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let events = try Inotify()
        var directories = ConfigDirectories(root: root.path, safety: PathSafety())
        var interpreters = InterpreterFiles()
        var known: (configuration: Configuration, interpreters: [HashedPath: InterpreterFile])?
        var toldFiles: [[FilePath]?] = []
        var toldInterpreters: [[FilePath]?] = []
        let fileWatch = FolderWatch(events) { toldFiles.append($0) }
        let interpreterWatch = FolderWatch(events) { toldInterpreters.append($0) }
        // Without it there are QEMU's thirty.
        try root.write("[qemu]\ntargets = []\n", to: "usr/lib/binfmtd/binfmtd.toml")
        // The last of the events is that of a file here.
        try root.write("", to: "heard/first")
        var hasHeard = false
        let lastWatch = try events.watch(root.path.appending("heard"), IN_MOVED_TO) { _, _ in hasHeard = true }
        defer { withExtendedLifetime(lastWatch) {} }
        var deeds: [String] = []
        for _ in 0..<200 {
            if known == nil {
                let read = directories.read()
                known = (read, interpreters.look(at: read))
            }
            let (configuration, found) = try #require(known)
            // As the daemon does: whatever was not watched may have changed meanwhile.
            if try fileWatch.watch(directories.watched) || interpreterWatch.watch(found.keys.map(\.path)) {
                directories.forget(nil)
                interpreters.forget(nil)
                known = nil
                continue
            }
            var fresh = ConfigDirectories(root: root.path, safety: PathSafety())
            var freshInterpreters = InterpreterFiles()
            let expected = fresh.read()
            // A broken file's last good version is known to the one alone.
            if expected.isBroken {
                #expect(configuration.brokenFiles == expected.brokenFiles, "\(deeds)")
            } else {
                #expect(configuration.canonicalText == expected.canonicalText, "\(deeds)")
            }
            #expect(found == freshInterpreters.look(at: configuration), "\(deeds)")

            deeds = (deeds + [try change(&random)]).suffix(3)
            hasHeard = false
            try root.write("", to: "heard/\(deeds.count)")
            while !hasHeard { try events.wait(.seconds(1)) }
            if !toldFiles.isEmpty || !toldInterpreters.isEmpty { known = nil }
            for paths in toldFiles { directories.forget(paths) }
            for paths in toldInterpreters { interpreters.forget(paths) }
            toldFiles = []
            toldInterpreters = []
        }
    }

    /// Otherwise it would be read for nothing.
    @Test func onlyWhatWasToldOfIsReadAgain() throws {
        for name in ["a", "b"] { try root.write(text(of: "\(name).toml", 1), to: "etc/binfmtd/entries.d/\(name).toml") }
        let events = try Inotify()
        var directories = ConfigDirectories(root: root.path, safety: nil)
        var told: [[FilePath]?] = []
        let watch = FolderWatch(events) { told.append($0) }
        _ = directories.read()
        #expect(try watch.watch(directories.watched))
        #expect(try !watch.watch(directories.watched))
        try root.write(text(of: "a.toml", 2), to: "etc/binfmtd/entries.d/a.toml")
        try events.wait(.zero)
        let folder = root.path.appending("etc/binfmtd/entries.d")
        #expect(told.last == [folder, folder.appending("a.toml")])
    }
}
