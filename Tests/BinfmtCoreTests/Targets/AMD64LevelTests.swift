// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import BinfmtCore

@Suite struct AMD64LevelTests {
    /// A feature: where it is reported, and from which level on it is needed.
    struct Feature: CustomTestStringConvertible, Sendable {
        let name: String
        let level: AMD64Level
        let register: WritableKeyPath<AMD64Level.Features, UInt32> & Sendable
        let bit: UInt32
        var testDescription: String { name }

        init(
            _ name: String, _ level: AMD64Level, _ register: WritableKeyPath<AMD64Level.Features, UInt32> & Sendable,
            _ bit: UInt32
        ) {
            (self.name, self.level, self.register, self.bit) = (name, level, register, bit)
        }
    }

    /// The table of the x86-64 psABI, by the names that Linux has for the features, and the registers' states.
    static let features: [Feature] = [
        Feature("cx16", .v2, \.leaf1, 13), Feature("lahf_lm", .v2, \.extended, 0), Feature("popcnt", .v2, \.leaf1, 23),
        Feature("pni", .v2, \.leaf1, 0), Feature("sse4_1", .v2, \.leaf1, 19), Feature("sse4_2", .v2, \.leaf1, 20),
        Feature("ssse3", .v2, \.leaf1, 9),
        Feature("avx", .v3, \.leaf1, 28), Feature("avx2", .v3, \.leaf7, 5), Feature("bmi1", .v3, \.leaf7, 3),
        Feature("bmi2", .v3, \.leaf7, 8), Feature("f16c", .v3, \.leaf1, 29), Feature("fma", .v3, \.leaf1, 12),
        Feature("abm", .v3, \.extended, 5), Feature("movbe", .v3, \.leaf1, 22), Feature("OSXSAVE", .v3, \.leaf1, 27),
        Feature("SSE state", .v3, \.saved, 1), Feature("AVX state", .v3, \.saved, 2),
        Feature("avx512f", .v4, \.leaf7, 16), Feature("avx512bw", .v4, \.leaf7, 30),
        Feature("avx512cd", .v4, \.leaf7, 28), Feature("avx512dq", .v4, \.leaf7, 17),
        Feature("avx512vl", .v4, \.leaf7, 31), Feature("opmask state", .v4, \.saved, 5),
        Feature("ZMM_Hi256 state", .v4, \.saved, 6), Feature("Hi16_ZMM state", .v4, \.saved, 7),
    ]

    private static func processor(_ features: [Feature]) -> AMD64Level.Features {
        features.reduce(into: AMD64Level.Features()) { $0[keyPath: $1.register] |= 1 << $1.bit }
    }

    @Test(arguments: AMD64Level.allCases)
    func isThereWithItsFeaturesAlone(_ level: AMD64Level) {
        let features = Self.features.filter { $0.level.rawValue <= level.rawValue }
        let levels = AMD64Level.allCases.filter { $0.rawValue <= level.rawValue }
        #expect(AMD64Level.all(Self.processor(features)) == levels)
    }

    /// Without a feature, its level is missing, and so are those above, even if all their own features are there.
    @Test(arguments: features)
    func needsEachOfItsFeatures(_ feature: Feature) {
        let rest = Self.features.filter { $0.name != feature.name }
        #expect(
            AMD64Level.all(Self.processor(rest)) == AMD64Level.allCases.filter { $0.rawValue < feature.level.rawValue })
    }

    @Test func ofAnOlderProcessorIsNone() {
        #expect(AMD64Level.all(AMD64Level.Features()) == [])
        let all = AMD64Level.Features(leaf1: .max, leaf7: .max, extended: .max, saved: .max)
        #expect(AMD64Level.all(all) == [.v2, .v3, .v4])
    }
}
