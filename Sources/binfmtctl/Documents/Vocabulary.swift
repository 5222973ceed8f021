// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

// The core's vocabularies stand in the documents under their own words.
extension Report.Verdict: Encodable {}
extension EntryState: Encodable {}
extension Change.Kind: Encodable {}
extension Issue.Severity: Encodable {}
extension Issue.Kind: Encodable {}
extension ReasonCode: Encodable {}
extension ProbeFinding.State: Encodable {}
extension Execution.SetUser: Encodable {}
