// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import Foundation
import TestSupport
import Testing

@Suite struct NativePlatformTests {
    /// The flags that Linux shows; it hides those whose registers it does not save.
    private static let flags: [AMD64Level: Set<Substring>] = [
        .v2: ["cx16", "lahf_lm", "popcnt", "pni", "sse4_1", "sse4_2", "ssse3"],
        .v3: ["avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "abm", "movbe", "xsave"],
        .v4: ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"],
    ]

    /// What the processor itself reports is what Linux reports.
    @Test func theLevelsAreThoseOfTheKernel() throws {
        let text = try procText("/proc/cpuinfo")
        let line = text.split(separator: "\n").first { $0.hasPrefix("flags") || $0.hasPrefix("Features") }
        let present = Set(try #require(line).split { " \t:".contains($0) })
        let levels = AMD64Level.allCases.prefix { Self.flags[$0].map(present.isSuperset) == true }
        #expect(AMD64Level.ofThisProcessor == Array(levels))
        #if arch(x86_64)
            #expect(present.contains("lm"))
        #else
            #expect(levels.isEmpty)
        #endif
    }

    @Test func theHostsOwnPlatformComesFirst() throws {
        let names = try NativeProbe().platforms.names
        let own = try NativeProbe().native.identity
        #expect(names.first == QemuTarget.all.first { $0.identity == own }?.platforms.first)
        let variants = names.dropFirst().filter { $0.hasPrefix("linux/amd64/") }
        #expect(variants == AMD64Level.ofThisProcessor.map { "linux/amd64/\($0.rawValue)" })
    }
}
