// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import BinfmtCore

/// Report E2: a slow fight is one warning, and then a line an hour.
@Suite struct RepeatedRepairsTests {
    private func removal(_ name: String) throws -> Change {
        let entry = Entry(
            name: try EntryName(declaring: name), recognition: .magic(try MagicPattern(magic: [1])),
            interpreter: "/bin/a",
            flags: [])
        return Change(kind: .serve, name: entry.name, cause: .removed, before: nil, after: entry)
    }

    @Test func aSlowFightIsToldOnceAndThenOnceAnHour() throws {
        var repairs = RepeatedRepairs()
        let change = try removal("a")
        var told: [Int] = []
        var silent = 0
        // Two hours of a removal every half second.
        for number in 0..<14_400 {
            let (names, fights) = repairs.note([change], at: .milliseconds(500 * number))
            if !fights.isEmpty { told.append(number) }
            silent += names.count
        }
        #expect(told == [5, 7205])
        #expect(silent == 14_400 - 5)
    }

    @Test func aFightThatHasEndedBeginsAnew() throws {
        var repairs = RepeatedRepairs()
        let change = try removal("a")
        for number in 0..<10 { _ = repairs.note([change], at: .seconds(number)) }
        #expect(repairs.note([change], at: .seconds(11)).silent == [change.name])
        #expect(repairs.note([change], at: .seconds(11) + RepeatedRepairs.rest).silent.isEmpty)
    }

    @Test func rareRepairsAreNoFight() throws {
        var repairs = RepeatedRepairs()
        let change = try removal("a")
        for number in 0..<100 {
            let (silent, fights) = repairs.note([change], at: .seconds(20 * number))
            #expect(silent.isEmpty && fights.isEmpty)
        }
    }

    @Test func theWarningNamesWhatIsRegisteredInstead() throws {
        let entry = try removal("a").after
        let fights = [
            RepeatedRepairs.Fight(name: try EntryName(declaring: "b"), count: 6, rival: entry),
            .init(name: try EntryName(declaring: "c"), count: 6, rival: nil),
        ]
        let text = try #require(fights.message?.text)
        #expect(text.hasPrefix("Another program keeps changing b, c (to /bin/a): 6 times by now, restored each time."))
        #expect(([] as [RepeatedRepairs.Fight]).message == nil)
    }

    @Test func theWarningNamesThoseFirstThatMostPeopleKnow() throws {
        let fights = try ["qemu-xtensa", "qemu-sh4", "qemu-aarch64"].map {
            RepeatedRepairs.Fight(name: try EntryName(declaring: $0), count: 6, rival: nil)
        }
        #expect(fights.message?.text.hasPrefix("Another program keeps removing qemu-aarch64, qemu-xtensa, ") == true)
    }
}
