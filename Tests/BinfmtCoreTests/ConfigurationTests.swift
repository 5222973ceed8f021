// SPDX-License-Identifier: Apache-2.0
import BinfmtHost
import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import BinfmtCore

@Suite struct ConfigurationTests {
    /// Each folder in Tests/Fixtures/configuration is a root; what is read of it is in its file `expected`.
    @Test(arguments: Fixtures.names(in: "configuration"))
    func isReadAsTheFixtureSays(_ name: String) throws {
        let root = Fixtures.directory.appending(path: "configuration/\(name)").path()
        var directories = ConfigDirectories(root: FilePath(root), safety: nil)
        let text = directories.read().canonicalText.replacing(root, with: "")
        #expect(text == (try Fixtures.text("configuration/\(name)/expected")))
    }

    /// The files that are shipped say what their comments promise.
    @Test func shippedDefaultIsTheDefault() throws {
        let path = Fixtures.repository.appending(path: "config/binfmtd.toml").path()
        let shipped = ConfigDirectories.read([FilePath(path)])
        #expect(shipped.canonicalText == Configuration(files: []).canonicalText)
    }

    /// Every key in the shipped file is a key, and has the value that holds without it.
    @Test func shippedDefaultHoldsWhenItIsUncommented() throws {
        let path = Fixtures.repository.appending(path: "config/binfmtd.toml")
        let lines = try String(contentsOf: path, encoding: .utf8).split(separator: "\n").map { line in
            line.hasPrefix("#") && !line.hasPrefix("# ") && line != "#" ? String(line.dropFirst()) : String(line)
        }
        // The examples of a target and an entry are no defaults.
        let settings = lines.prefix { !$0.hasPrefix("[qemu.target") }.joined(separator: "\n")
        let file = ConfigFile(path: "/binfmtd.toml", text: Array(settings.utf8))
        #expect(file.issues.isEmpty)
        func values(_ configuration: Configuration) -> [String] {
            configuration.entries.map { "\($0.name) \($0.layer) \($0.interpreters) \($0.flags) \($0.priority)" }
        }
        #expect(values(Configuration(files: [file])) == values(Configuration(files: [])))
        #expect(file.daemon.foreign == .keep && file.daemon.binfmtD == true && file.daemon.binfmts == false)

        let whole = ConfigFile(path: "/binfmtd.toml", text: Array(lines.joined(separator: "\n").utf8))
        #expect(whole.issues.isEmpty)
        #expect(whole.declarations.map(\.name.description) == ["jar"])
        #expect(whole.qemu.overrides.keys.map(\.name) == ["arm"])
    }

    /// What the manual gives as an example is right.
    @Test func manualsExampleIsValid() throws {
        let page = try String(contentsOf: Fixtures.repository.appending(path: "man/binfmtd.toml.5"), encoding: .utf8)
        let start = try #require(page.range(of: ".Bd -literal\n"))
        let end = try #require(page.range(of: ".Ed\n"))
        let example = page[start.upperBound..<end.lowerBound]
        let file = ConfigFile(path: "/example.toml", text: Array(example.utf8))
        #expect(file.issues.isEmpty)
        #expect(file.declarations.map(\.name.description) == ["jar", "python3.12"])
    }

    @Test func limitsTheFile() {
        let text = [UInt8](repeating: UInt8(ascii: "#"), count: ConfigFile.maximumSize + 1)
        #expect(ConfigFile(path: "/big.toml", text: text).isBroken)
        #expect(!ConfigFile(path: "/big.toml", text: Array(text.dropLast())).isBroken)
    }

    @Test func goesBackToTheLastGoodVersion() throws {
        var memory = LastGoodFiles<ConfigFile>()
        func settle(_ text: String) -> ConfigFile? {
            memory.substitutingLastGood([ConfigFile(path: "/a.toml", text: Array(text.utf8))]).first
        }
        let good = "[entry.a]\nmagic = \"A\"\ninterpreter = \"/a\"\n"
        #expect(settle(good)?.issues == [])
        let broken = settle("[entry.b]\nmagic = \"B\"\ninterpreter = \"/b\"\nbad\n")
        #expect(broken?.declarations.map(\.name.description) == ["a"])
        #expect(broken?.issues.map(\.consequence) == ["keeping the last valid version of this file"])
        #expect(settle("bad")?.declarations.map(\.name.description) == ["a"])

        // A file that went away and comes back broken has no good version.
        #expect(memory.substitutingLastGood([]).isEmpty)
        #expect(settle("bad\n" + good)?.declarations.map(\.name.description) == ["a"])
        #expect(settle("bad")?.declarations.isEmpty == true)
    }

    /// No text whatever makes the reader crash, and what it takes can always be written for the kernel.
    @Test func survivesEveryMutationOfEveryFixture() throws {
        let seeds = try Fixtures.names(in: "plan").map { PlanCase($0, text: try Fixtures.text("plan/\($0)")).declared }
        var random = SeededGenerator(seed: 11)
        for _ in 0..<600 {
            var bytes = Array((seeds.randomElement(using: &random) ?? "").utf8)
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: 0...bytes.count, using: &random)
                let end = min(bytes.count, place + Int.random(in: 0...9, using: &random))
                let fresh = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                    UInt8.random(in: 0...255, using: &random)
                }
                bytes.replaceSubrange(place..<end, with: fresh)
            }
            let file = ConfigFile(path: "/x.toml", text: bytes)
            for entry in Configuration(files: [file]).entries {
                guard let recognition = entry.recognition, let interpreter = entry.interpreters.first else { continue }
                let whole = Entry(
                    name: entry.name, recognition: recognition, interpreter: interpreter, flags: entry.flags)
                if let string = try? RegisterString(whole) {
                    #expect(try RegisterLine(string.bytes).entry == whole)
                }
            }
            _ = BinfmtDFile(path: "/x.conf", text: bytes)
            _ = BinfmtsFile(path: "/x", text: bytes, hasRunDetectors: true)
        }
    }
}

extension Configuration {
    /// For a fixture: the settings, then the entries from the one that is asked first, then the complaints. Of the
    /// built-in offers no more than their number.
    var canonicalText: String {
        var text = "foreign \(daemon.foreignPolicy.rawValue), binfmt-d \(daemon.readsBinfmtD), "
        text += "binfmts \(daemon.readsBinfmts)\n"
        let offers = entries.filter { $0.isOffer && $0.location == nil }
        if !offers.isEmpty { text += "\(offers.count) offers of QEMU's\n" }
        for entry in entries.reversed() where !(entry.isOffer && entry.location == nil) {
            let place = entry.location.map { " (\($0.file):\($0.line))" } ?? ""
            guard let recognition = entry.recognition, entry.isEnabled else {
                text += "\(entry.name): disabled\(place)\n"
                continue
            }
            text += "\(entry.name): \(recognition), \(entry.interpreters.map(\.string).joined(separator: " or "))"
            if !entry.flags.isEmpty { text += ", \(entry.flags.letters)" }
            text += ", priority \(entry.priority)"
            if entry.isOffer { text += ", an offer" }
            if entry.needsInterpreter { text += " if installed" }
            if entry.allowsNative { text += ", allowed to take native programs" }
            if entry.allowsUnsafeInterpreter { text += ", whoever can change its interpreter" }
            if let detector = entry.missingDetector {
                text += ", refused: \(WithheldReason.detectorMissing(detector: detector))"
            }
            text += place + "\n"
        }
        for mask in masked { text += "\(mask.name): masked by \(mask.mask.file)\n" }
        for issue in issues { text += "\(issue.severity.rawValue): \(issue)\n" }
        return text
    }
}
