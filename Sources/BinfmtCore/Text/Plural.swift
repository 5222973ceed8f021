// SPDX-License-Identifier: Apache-2.0

/// A number with its noun, in the form that the number asks for: "1 entry", "3 entries".
package func counted(_ number: Int, _ singular: String, _ plural: String) -> String {
    "\(number) \(number == 1 ? singular : plural)"
}
