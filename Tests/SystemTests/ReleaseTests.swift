// SPDX-License-Identifier: Apache-2.0
import Testing

/// The script `release` on each release of Debian that `make test-releases` has made.
@Suite(.serialized)
struct ReleaseTests {
    static let all = Host.releases.map { ScriptRun(name: "release", host: $0) }

    @Test(arguments: all)
    func runs(_ run: ScriptRun) throws { try run.check() }
}
