// SPDX-License-Identifier: Apache-2.0

/// A reason as the daemon's status file has it: the code and the sentence, without the values that the sentence names.
package struct ReportedReason: Reason {
    package let code: ReasonCode
    package let description: String

    package init(code: ReasonCode, _ text: String) {
        self.code = code
        description = text
    }

    package init(_ reason: some Reason) { self.init(code: reason.code, reason.description) }
}
