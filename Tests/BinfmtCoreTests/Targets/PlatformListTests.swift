// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import BinfmtCore

@Suite struct PlatformListTests {
    private func targets(_ names: String...) throws -> Set<QemuTarget> {
        try Set(names.map { try #require(QemuTarget.named($0)) })
    }

    private func list(_ own: String?, _ others: Set<QemuTarget>, _ levels: [AMD64Level]) -> PlatformList {
        PlatformList(own: own.flatMap(QemuTarget.named), others: others, levels: levels)
    }

    /// The lists of tonistiigi/binfmt on such hosts, from its README and from BuildKit's `SupportedPlatforms`.
    @Test func areInDockersOrder() throws {
        let emulated = try targets(
            "arm", "386", "arm64", "s390x", "riscv64", "ppc64le", "mips64le", "mips64", "loong64")
        let others = [
            "linux/arm64", "linux/riscv64", "linux/ppc64le", "linux/s390x", "linux/386", "linux/mips64le",
            "linux/mips64", "linux/loong64", "linux/arm/v7", "linux/arm/v6",
        ]
        #expect(list("amd64", [], []).adding(emulated).names == ["linux/amd64"] + others)
        #expect(
            list("amd64", [], [.v2, .v3]).adding(emulated).names
                == ["linux/amd64", "linux/amd64/v2", "linux/amd64/v3"] + others)
    }

    /// On another host the levels of an emulated amd64 are not known.
    @Test func onlyTheProcessorsOwnLevelsCount() throws {
        let arm = list("arm64", try targets("arm"), AMD64Level.allCases)
        #expect(arm.names == ["linux/arm64", "linux/arm/v7", "linux/arm/v6"])
        #expect(
            try arm.adding(targets("amd64", "arm64")).names
                == ["linux/arm64", "linux/amd64", "linux/arm/v7", "linux/arm/v6"])
        #expect(arm.description == "linux/arm64, linux/arm/v7, linux/arm/v6")
    }

    @Test func isWordedForPeople() throws {
        let list = list("amd64", try targets("amd64", "386"), [.v2, .v3])
        #expect(list.description == "linux/amd64 (v2, v3), linux/386")
        #expect(self.list("amd64", [], []).description == "linux/amd64")
        #expect(self.list(nil, try targets("386", "hexagon"), [.v2]).names == ["linux/386"])
    }

    @Test func eachPlatformIsListedOnce() {
        let names = list("amd64", Set(QemuTarget.all), AMD64Level.allCases).names
        #expect(Set(names).count == names.count)
        #expect(names.count == QemuTarget.all.flatMap(\.platforms).count + 3)
    }

    @Test(
        arguments: [
            ("arm64", "linux/arm64"), ("linux/arm64", "linux/arm64"), ("linux/arm64/v8", "linux/arm64"),
            ("aarch64", "linux/arm64"), ("amd64/v1", "linux/amd64"), ("linux/amd64/v3", "linux/amd64/v3"),
            ("arm", "linux/arm/v7"), ("linux/arm/v6", "linux/arm/v6"), ("armhf", "linux/arm/v7"), ("hexagon", nil),
            ("amd64/v9", ""), ("arm64/", ""), ("amd64/v2/v3", ""), ("", ""), ("linux/", ""), ("nothing", ""),
        ] as [(String, String?)])
    func hasManyNames(_ text: String, _ platform: String?) {
        let named = QemuTarget.platform(named: text)
        #expect(platform == "" ? named == nil : named != nil && named?.platform == platform)
    }

    /// Each listed platform can be named as it is listed.
    @Test func eachListedPlatformNamesItself() {
        for name in list("amd64", Set(QemuTarget.all), AMD64Level.allCases).names {
            #expect(QemuTarget.platform(named: name)?.platform == name)
        }
    }
}
