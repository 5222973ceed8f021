// SPDX-License-Identifier: Apache-2.0
import LocatedTOML
import LocatedTOMLDecoding
import Testing

@Suite struct TOMLDecoderTests {
    private struct Server: Decodable, Equatable {
        enum Mode: String, Decodable { case fast, safe }

        struct Limits: Decodable, Equatable {
            let depth: UInt8
            let ratio: Double?
        }

        let name: String
        let mode: Mode
        let limits: Limits
        let paths: [String]
        let others: [String: Int]?
        let since: TOMLLocalDate?
        let at: [TOMLLocalTime]?
        let listeners: [Limits]?
    }

    private static let valid = """
        name = "a"
        mode = "safe"
        paths = ["/x", '/y']
        since = 1979-05-27
        at = [07:32, 07:32:01.5]
        others = {b = 1, c = 2}
        [limits]
        depth = 3
        ratio = 2
        [[listeners]]
        depth = 1
        [[listeners]]
        depth = 2
        ratio = 0.5

        """

    @Test func decodesEachKindOfValue() throws {
        let server = try TOMLDecoder(rejectsUnknownKeys: true).decode(Server.self, from: Self.valid)
        #expect(server.name == "a" && server.mode == .safe && server.paths == ["/x", "/y"])
        #expect(server.limits == Server.Limits(depth: 3, ratio: 2))
        #expect(server.others == ["b": 1, "c": 2])
        #expect(server.since.map { "\($0)" } == "1979-05-27")
        #expect(server.at?.map { "\($0)" } == ["07:32:00", "07:32:01.5"])
        #expect(server.listeners == [Server.Limits(depth: 1, ratio: nil), Server.Limits(depth: 2, ratio: 0.5)])
    }

    /// A change of the valid text, with the error.
    @Test(arguments: [
        ("name = \"a\"", "name = 1", "1:8: 'name' must be a string, not an integer"),
        ("name = \"a\"\n", "", "1:1: 'name' is missing"),
        (
            "mode = \"safe\"", "mode = \"sfae\"",
            "2:8: 'mode' is invalid: Cannot initialize Mode from invalid String value sfae"
        ),
        ("'/y'", "2", "3:16: 'paths.1' must be a string, not an integer"),
        ("depth = 3", "depth = 256", "8:9: 'limits.depth' cannot be 256"),
        ("depth = 3", "deep = 3", "7:1: 'limits.depth' is missing"),
        ("ratio = 2", "ratio = 9007199254740993", "9:9: 'limits.ratio' cannot be 9007199254740993"),
        ("ratio = 2", "ratios = 2", "9:1: unknown key 'limits.ratios' (did you mean 'ratio'?)"),
        ("[limits]", "[limit]", "1:1: 'limits' is missing"),
        ("1979-05-27", "07:32", "4:9: 'since' must be a local date, not a local time"),
        ("07:32,", "1979-05-27,", "5:7: 'at.0' must be a local time, not a local date"),
        ("b = 1", "b = \"\"", "6:15: 'others.b' must be an integer, not a string"),
        ("ratio = 0.5", "depht = 1", "14:1: unknown key 'listeners.1.depht' (did you mean 'depth'?)"),
        (
            "[[listeners]]\ndepth = 1", "[[listeners]]\ndepth = true",
            "11:9: 'listeners.0.depth' must be an integer, not a boolean"
        ),
        ("name = \"a\"", "name = \"a", "1:8: a string has no closing quotes"),
        ("name = \"a\"", "name = \"a\"\nn\u{E9} = 1", "2:2: expected an equals sign, found '\u{E9}'"),
        ("name = \"a\"", "name = \"a\"\n\"\\e\" = 1", "2:1: unknown key '<U+1B>'"),
    ])
    func namesThePlace(of valid: String, as invalid: String, problem: String) {
        let text = Self.valid.replacing(valid, with: invalid, maxReplacements: 1)
        var description = "nothing"
        do { _ = try TOMLDecoder(rejectsUnknownKeys: true).decode(Server.self, from: text) } catch {
            description = "\(error)"
        }
        #expect(description == problem)
    }

    @Test func ignoresUnknownKeysUnlessTold() throws {
        struct Empty: Decodable {}
        _ = try TOMLDecoder().decode(Empty.self, from: "a = 1")
        #expect(throws: Never.self) {
            try TOMLDecoder(rejectsUnknownKeys: true).decode([String: Int].self, from: "a = 1")
        }
    }

    @Test func takesTheVersionAndTheLimits() {
        #expect(throws: TOMLDecodingError.self) {
            try TOMLDecoder(version: .v1_0).decode([String: String].self, from: #"a = "\e""#)
        }
        #expect(throws: TOMLDecodingError.self) {
            try TOMLDecoder(limits: TOMLLimits(fileSize: 4)).decode([String: Int].self, from: "a = 1")
        }
    }

    /// Subclasses, and containers that a type asks for itself.
    @Test func decodesNestedContainers() throws {
        class Base: Decodable { var x = 0 }
        final class Derived: Base {
            let y: Int
            enum Keys: String, CodingKey { case y, inner, list }
            required init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: Keys.self)
                var list = try container.nestedUnkeyedContainer(forKey: .list)
                let inner = try container.nestedContainer(keyedBy: Keys.self, forKey: .inner)
                let first = try list.nestedContainer(keyedBy: Keys.self).decode(Int.self, forKey: .y)
                var second = try list.nestedUnkeyedContainer()
                y = try first + second.decode(Int.self) + inner.decode(Int.self, forKey: .y)
                try super.init(from: container.superDecoder())
            }
        }
        let text = "list = [{y = 1}, [10]]\ninner = {y = 100}\nsuper = {x = 7}"
        let derived = try TOMLDecoder(rejectsUnknownKeys: true).decode(Derived.self, from: text)
        #expect(derived.y == 111 && derived.x == 7)
        let error = #expect(throws: TOMLDecodingError.self) {
            try TOMLDecoder().decode(Derived.self, from: "list = [{y = 1}, []]\ninner = {y = 1}")
        }
        #expect(error?.description == "1:18: 'list.1.0' is missing; the array is too short")
    }
}
