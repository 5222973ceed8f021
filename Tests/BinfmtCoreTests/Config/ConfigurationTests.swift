// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

@testable import BinfmtCore

@Suite struct ConfigurationTests {
    /// Every key in the shipped file is valid, and has the default value.
    @Test func shippedDefaultHoldsWhenItIsUncommented() throws {
        let path = Fixtures.repository.appending(path: "config/binfmtd.toml")
        let lines = try String(contentsOf: path, encoding: .utf8).split(separator: "\n").map { line in
            line.hasPrefix("#") && !line.hasPrefix("# ") && !line.hasPrefix("#:") && line != "#"
                ? String(line.dropFirst()) : String(line)
        }
        // The examples of a target and an entry are not defaults.
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

        // A file that disappeared and comes back broken has no last valid version.
        #expect(memory.substitutingLastGood([]).isEmpty)
        #expect(settle("bad\n" + good)?.declarations.map(\.name.description) == ["a"])
        #expect(settle("bad")?.declarations.isEmpty == true)
    }

    /// No mutated text makes the readers crash, and every entry that they accept can be written for the kernel.
    @Test func survivesRandomMutationsOfThePlanFixtures() throws {
        let seeds = try PlanCase.all().map(\.declared)
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
                guard let whole = entry.entry else { continue }
                if let string = try? RegisterString(whole), string.interpreters.isEmpty {
                    #expect(try RegisterLine(string.bytes).entry == whole)
                }
            }
            _ = BinfmtDFile(path: "/x.conf", text: bytes)
            _ = BinfmtsFile(path: "/x", text: bytes, hasRunDetectors: true)
        }
    }
}
