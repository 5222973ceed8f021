// SPDX-License-Identifier: Apache-2.0

/// The document that `platforms --json` prints.
struct PlatformsDocument: Document {
    enum Verdict: String, Encodable, CaseIterable {
        case works, fails
        /// The programs could not be run.
        case unavailable
    }

    struct Platform: Encodable {
        let name: String
        let runs: Bool
        /// Whether the processor runs its programs itself.
        let native: Bool
        let entry: OrNull<String>
        let emulator: OrNull<String>
        let reason: OrNull<String>

        init(_ item: PlatformResults.Item) {
            name = item.name
            runs = item.runner != nil
            reason = OrNull(item.reason)
            switch item.runner {
            case .entry(let name, let version): (native, entry, emulator) = (false, OrNull(name), OrNull(version))
            case .processor: (native, entry, emulator) = (true, OrNull(nil), OrNull(nil))
            case nil: (native, entry, emulator) = (false, OrNull(nil), OrNull(nil))
            }
        }
    }

    let version = 1
    let verdict: Verdict
    let platforms: [Platform]
    let problem: OrNull<String>

    init(_ results: PlatformResults) {
        verdict = results.isGood ? .works : results.problem != nil ? .unavailable : .fails
        platforms = results.items.map(Platform.init)
        problem = OrNull(results.problem)
    }
}
