// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Polls until a condition becomes true that raises no event.
///
/// - Throws: `TooLate` after ten seconds.
package func eventually(_ condition: () throws -> Bool) throws {
    let deadline = ContinuousClock.now + .seconds(10)
    while try !condition() {
        if ContinuousClock.now > deadline { throw TooLate() }
        usleep(2000)
    }
}

struct TooLate: Error {}
