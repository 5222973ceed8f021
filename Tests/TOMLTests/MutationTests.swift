// SPDX-License-Identifier: Apache-2.0

import LocatedTOML
import TestSupport
import Testing

/// Random mutations of all cases' files: neither reader may crash, and the two must agree.
@Suite struct MutationTests {
    private static let seeds =
        (ValidCase.strings + ValidCase.numbers + ValidCase.datesAndTimes + ValidCase.structure + ValidCase.since11).map
    {
        Array($0.toml.utf8)
    }
        + (InvalidCase.lexical + InvalidCase.strings + InvalidCase.structure + InvalidCase.definitions
        + InvalidCase.since11 + InvalidCase.until11).map(\.toml)
        + (RecoveryCase.pairs + RecoveryCase.headers + RecoveryCase.elements + RecoveryCase.insides).map {
            Array($0.toml.utf8)
        }

    private static let fragments = [
        "\"", "'", "\"\"\"", "'''", "[", "]", "[[", "]]", "{", "}", "=", ".", ",", "#", "\n", "\r", "\r\n", "\\",
        "\\u00e9",
        "\0", "\u{E9}", "\u{1F600}", "_", "-", "0", " ", "\t", "a = 1\n", "[a]\n", "1979-05-27", "07:00:00",
    ].map { Array($0.utf8) }

    @Test(arguments: UInt64(1)...20)
    func readersAgree(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let bytes = mutant(&random)
            check(bytes, .v1_0)
            check(bytes, .v1_1)
        }
    }

    private func check(_ bytes: [UInt8], _ version: TOMLVersion) {
        let text = String(decoding: bytes, as: UTF8.self)
        let recovered = TOMLDocument(recovering: bytes, version: version)
        do {
            let strict = try TOMLDocument(parsing: bytes, version: version)
            #expect(recovered.errors.isEmpty, "\(text)")
            #expect(dump(strict.table) == dump(recovered.table), "\(text)")
            #expect(dumpPositions(strict.table) == dumpPositions(recovered.table), "\(text)")
        } catch {
            #expect(recovered.errors.first == error, "\(text)")
            #expect(dump(recovered.table).contains("!"), "\(text)")
            let places = recovered.errors.map(\.position)
            #expect(zip(places, places.dropFirst()).allSatisfy { $0 < $1 }, "\(text)")
        }
    }

    private func mutant(_ random: inout SeededGenerator) -> [UInt8] {
        var bytes = Self.seeds[Int.random(in: 0..<Self.seeds.count, using: &random)]
        if Bool.random(using: &random) {
            bytes += [0x0A] + Self.seeds[Int.random(in: 0..<Self.seeds.count, using: &random)]
        }
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...4, using: &random)))
            case 1: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
            default:
                bytes.insert(
                    contentsOf: Self.fragments[Int.random(in: 0..<Self.fragments.count, using: &random)], at: place)
            }
        }
        return bytes
    }
}
