// The language of Muster's plans.
//
// A plan is a list of declarations, a declaration is a header and a block of clauses, and a clause ends with its line or
// with `;`. Three habits keep it easy to read, by people and by the parser:
//
//   * One token decides every alternative, so that the generated parser never looks further ahead; a test holds that.
//   * A keyword is a keyword only where a clause starts or where the clause's own shape puts it. Everywhere else it is a
//     name like any other, which rule `name` says by exclusion instead of by a list.
//   * No keyword of a declaration starts a clause: that is how a block that nobody closed is noticed.
//
// Names of rules mean something to compiler/syntax/tree.cpp: `…Item` is a clause, `…Body` its block, and the rules under
// "Groups" below stay together as one value of the clause. All other rules only give a shape a name and leave no trace.
//
// The last habit has one exception, `whatif`, whose block is made of declarations: compiler/syntax/recovery.cpp sees to it.
grammar MusterPlan;

file : declaration? (lineEnd declaration?)* EOF ;
lineEnd : NEWLINE | ';' ;

declaration
  : 'include' STRING
  | 'expect' claim expectBody?
  | 'whatif' header whatifBody?
  | part
  ;

// What a plan is made of, and what a `whatif` may lay over it.
part
  : 'plan' header planBody?
  | 'tier' header tierBody?
  | 'site' header siteBody?
  | 'role' header roleBody?
  | 'channel' header channelBody?
  | 'contact' header contactBody?
  | 'tool' header toolBody?
  | 'service' tieredHeader serviceBody?
  | 'external' header externalBody?
  | 'secret' header secretBody?
  | 'link' header linkBody?
  | 'classification' header classificationBody?
  | 'data' tieredHeader dataBody?
  | 'store' header storeBody?
  | 'replica' copyHeader replicaBody?
  | 'archive' copyHeader archiveBody?
  | 'backup' copyHeader backupBody?
  | 'snapshot' copyHeader backupBody?
  | 'repository' copyHeader repositoryBody?
  | 'detector' header detectorBody?
  | 'procedure' header procedureBody?
  | 'scenario' header scenarioBody?
  | 'message' header messageBody?
  | 'drill' header drillBody?
  | 'duty' header dutyBody?
  | 'checklist' header checklistBody?
  | 'profile' header profileBody?
  ;

// A header is a rule of its own: whatever is wrong in it, its block is still read. What stands between a complete header
// and its block is taken as `stray`, for the same reason.
header : name (title stray* | firstStray stray*)? ;
tieredHeader : name title? (tierOf stray* | firstStray stray*)? ;
tierOf : ':' name ;
copyHeader : name title? 'of' names (firstStray stray*)? ;
title : STRING ;
firstStray : ~( NEWLINE | ';' | '{' | '}' | ':' | ',' | STRING ) ;
stray : ~( NEWLINE | ';' | '{' | '}' ) ;

// What is expected, in place of a name.
claim
  : ('p50' | 'p90' | 'p95' | 'p99' | 'max' | 'mean') ('rta' 'of' name | 'rpa' 'of' name | 'duration' 'of' name '/' name) 'in' name
    comparison DURATION
  | 'chance' 'of' ('rto' | 'rpo') 'of' name 'in' name comparison PERCENT
  | 'availability' 'of' name comparison PERCENT
  | 'order' 'of' names 'in' name
  ;
comparison : '<=' | '<' | '>=' | '>' ;

// Every block is alike: braces around clauses, with a line end between any two.
planBody : '{' planItem? (lineEnd planItem?)* '}' ;
tierBody : '{' tierItem? (lineEnd tierItem?)* '}' ;
policyBody : '{' policyItem? (lineEnd policyItem?)* '}' ;
siteBody : '{' siteItem? (lineEnd siteItem?)* '}' ;
roleBody : '{' roleItem? (lineEnd roleItem?)* '}' ;
channelBody : '{' channelItem? (lineEnd channelItem?)* '}' ;
contactBody : '{' contactItem? (lineEnd contactItem?)* '}' ;
toolBody : '{' toolItem? (lineEnd toolItem?)* '}' ;
serviceBody : '{' serviceItem? (lineEnd serviceItem?)* '}' ;
externalBody : '{' externalItem? (lineEnd externalItem?)* '}' ;
secretBody : '{' secretItem? (lineEnd secretItem?)* '}' ;
linkBody : '{' linkItem? (lineEnd linkItem?)* '}' ;
classificationBody : '{' classificationItem? (lineEnd classificationItem?)* '}' ;
dataBody : '{' dataItem? (lineEnd dataItem?)* '}' ;
storeBody : '{' storeItem? (lineEnd storeItem?)* '}' ;
replicaBody : '{' replicaItem? (lineEnd replicaItem?)* '}' ;
archiveBody : '{' archiveItem? (lineEnd archiveItem?)* '}' ;
backupBody : '{' backupItem? (lineEnd backupItem?)* '}' ;
verifyBody : '{' verifyItem? (lineEnd verifyItem?)* '}' ;
repositoryBody : '{' repositoryItem? (lineEnd repositoryItem?)* '}' ;
detectorBody : '{' detectorItem? (lineEnd detectorItem?)* '}' ;
procedureBody : '{' procedureItem? (lineEnd procedureItem?)* '}' ;
phaseBody : '{' phaseItem? (lineEnd phaseItem?)* '}' ;
stepsBody : '{' stepsItem? (lineEnd stepsItem?)* '}' ;
stepBody : '{' stepItem? (lineEnd stepItem?)* '}' ;
scenarioBody : '{' scenarioItem? (lineEnd scenarioItem?)* '}' ;
messageBody : '{' messageItem? (lineEnd messageItem?)* '}' ;
drillBody : '{' drillItem? (lineEnd drillItem?)* '}' ;
dutyBody : '{' dutyItem? (lineEnd dutyItem?)* '}' ;
checklistBody : '{' checklistItem? (lineEnd checklistItem?)* '}' ;
profileBody : '{' profileItem? (lineEnd profileItem?)* '}' ;
expectBody : '{' expectItem? (lineEnd expectItem?)* '}' ;
whatifBody : '{' whatifItem? (lineEnd whatifItem?)* '}' ;

// The block of a `whatif` without its braces: what the command line says.
changes : whatifItem? (lineEnd whatifItem?)* EOF ;

// ---- Clauses, block by block

planItem
  : 'version' STRING
  | 'owner' word
  | 'approved' 'by' word
  | 'reviewed' DATE ('every' DURATION)?
  | 'timezone' zoneName
  | 'clock' 'from' ('disruption' | 'detection' | 'declaration')
  | 'declare' 'by' name ('takes' duration)?
  | 'compliance' words
  | 'count' 'retries'
  | 'profiles' names
  | 'measurements' STRING
  | objective
  | remark
  ;

tierItem : 'policy' policyBody | objective | remark ;

policyItem
  : 'copies' NUMBER
  | 'kinds' NUMBER
  | 'elsewhere' NUMBER
  | 'immutable' DURATION
  | 'encrypted'
  | 'verified' 'every' DURATION
  | 'retained' DURATION
  | remark
  ;

siteItem
  : 'provider' word
  | 'region' word
  | 'account' word
  | 'cluster' STRING
  | 'zones' names
  | 'active'
  | 'standby' ('hot' | 'warm' | 'cold')?
  | 'provision' 'takes' duration
  | 'parallel' NUMBER
  | remark
  ;

roleItem
  : 'headcount' NUMBER
  | 'held' 'by' word
  | 'responds' duration ('outside' 'hours')?
  | hours
  | 'escalates' 'to' name 'after' duration
  | 'works' 'through' names
  | reach
  | remark
  ;
hours : 'hours' weekdays clockTime '..' clockTime zoneName? ;

channelItem
  : 'slack' STRING
  | 'pagerduty' STRING
  | 'mail' STRING
  | 'sms' STRING
  | 'statuspage' STRING
  | 'webhook' STRING
  | remark
  ;

contactItem
  : 'organisation' word
  | 'contract' STRING
  | 'for' names
  | 'responds' duration
  | hours
  | reach
  | remark
  ;

toolItem
  : 'provides' word
  | 'at' names
  | 'in' names
  | 'parallel' NUMBER
  | remark
  ;

serviceItem
  : 'workload' ('deployment' | 'statefulset' | 'daemonset' | 'cronjob' | 'helm' | 'managed') '/' word ('in' name)?
  | 'replicas' NUMBER
  | 'image' STRING
  | 'engine' name (NUMBER | STRING)?
  | 'at' placement (',' placement)*
  | 'pinned' 'to' 'zone'
  | 'needs' alternatives (',' alternatives)*
  | 'wants' names
  | 'uses' names
  | 'starts' 'in' duration
  | 'resumes' 'in' duration
  | 'heals' 'in' duration
  | 'check' probe
  | 'costs' NUMBER name 'per' period
  | objective
  | remark
  ;

externalItem
  : 'sla' PERCENT
  | 'fallback' (names ('in' duration)? | STRING)
  | remark
  ;

secretItem
  : 'kind' ('key' | 'password' | 'token' | 'certificate')
  | 'kept' 'in' names
  | 'rotates' 'every' DURATION
  | 'rotated' DATE
  | 'expires' DATE
  | remark
  ;

linkItem
  : 'between' name 'and' name
  | 'bandwidth' RATE
  | 'latency' duration
  | remark
  ;

classificationItem
  : 'retained' DURATION
  | 'encrypted'
  | 'compliance' words
  | 'policy' policyBody
  | objective
  | remark
  ;

dataItem
  : 'in' names
  | 'files' strings
  | 'size' SIZE
  | 'changes' RATE
  | 'restores' 'at' RATE
  | 'rebuilt' 'in' duration
  | 'class' words
  | 'retained' DURATION
  | objective
  | remark
  ;

storeItem
  : 's3' STRING
  | 'gcs' STRING
  | 'azure' STRING
  | 'nfs' STRING
  | 'volume' STRING
  | 'git' STRING
  | 'registry' STRING
  | 'at' name
  | 'provider' word
  | 'region' word
  | 'account' word
  | 'rate' RATE
  | 'restores' 'at' RATE
  | 'storage' word ('retrieval' duration)?
  | 'immutable' DURATION
  | 'encrypted' word ('key' word)?
  | 'credentials' names
  | 'replicates' 'to' name ('lag' duration)? ('with' 'deletes')?
  | remark
  ;

replicaItem
  : 'from' place 'to' place
  | 'mode' ('sync' | 'async')
  | 'lag' duration
  | 'delayed' duration
  | 'falls' 'back'
  | remark
  ;

archiveItem
  : 'with' name
  | 'every' DURATION
  | 'upload' duration
  | 'to' destination (',' destination)*
  | 'base' name
  | 'replay' RATE
  | 'keep' retention (',' retention)*
  | 'encrypt' word 'key' word
  | 'verify' verifyBody
  | remark
  ;

backupItem
  : 'with' name
  | ownCommand
  | schedule
  | 'starts' 'within' DURATION
  | 'takes' duration
  | 'upload' duration
  | 'size' SIZE
  | 'to' destination (',' destination)*
  | 'keep' retention (',' retention)*
  | 'encrypt' word 'key' word
  | 'tolerates' NUMBER 'missed'
  | 'notifies' names
  | 'image' STRING
  | 'verify' verifyBody
  | remark
  ;

verifyItem
  : schedule
  | 'by' ('restore' | 'checksum' | 'listing')
  | 'check' probe
  | 'takes' duration
  | remark
  ;

repositoryItem : 'in' names | remark ;

detectorItem
  : 'watches' subjects
  | 'at' names
  | 'every' DURATION
  | 'threshold' NUMBER
  | 'for' duration
  | 'check' probe
  | 'severity' name
  | 'notifies' names ('within' duration)?
  | 'triggers' name
  | 'sees' 'corruption'
  | remark
  ;

procedureItem
  : 'recovers' names
  | 'within' duration
  | 'asks' name STRING
  | 'fails' 'back' 'in' duration
  | 'phase' header phaseBody
  | 'afterwards' stepsBody
  | steps
  | remark
  ;
phaseItem : 'within' duration | steps | remark ;
stepsItem : steps | remark ;
steps : 'step' header stepBody? | 'parallel' stepsBody ;

stepItem
  : 'on' place
  | 'by' names
  | 'automatic'
  | 'requires' names
  | 'after' names
  | 'takes' duration
  | 'timeout' duration
  | 'fails' PERCENT
  | 'retry' NUMBER ('every' duration)?
  | 'otherwise' name
  | 'skip' 'if' name 'is' 'down'
  | 'only' 'if' text
  | 'completes' names
  | 'precheck' probe
  | 'done' 'when' probe
  | 'verify' probe ('takes' duration)?
  | 'undo' action
  | ownCommand
  | action
  | remark
  ;

scenarioItem
  : 'fails' victims
  | 'destroys' victims
  | 'corrupts' victims
  | 'deletes' victims
  | 'compromises' victims
  | 'absent' victims
  | 'cuts' subjects 'from' subjects
  | 'likelihood' (NUMBER 'per' period | level)
  | 'lasts' duration
  | 'undetected' 'for' duration
  | 'detected' ('by' names | 'after' duration)
  | 'recover' names 'with' name ('otherwise' name)*
  | 'follow' name ('otherwise' name)*
  | 'severity' name
  | 'category' words
  | remark
  ;

messageItem
  : 'to' names
  | 'at' DURATION 'after' event
  | 'on' event
  | 'every' DURATION 'until' event
  | 'severity' names
  | 'text' text
  | remark
  ;

drillItem
  : 'exercises' exercise (',' exercise)*
  | schedule
  | 'in' 'namespace' name
  | 'at' names
  | 'scope' text
  | 'last' DATE ('took' DURATION)?
  | 'expects' expectation (',' expectation)*
  | 'by' names
  | remark
  ;

dutyItem
  : schedule
  | 'by' names
  | 'covers' text
  | 'last' DATE
  | remark
  ;

checklistItem
  : 'for' names
  | 'by' names
  | ('before' | 'during' | 'afterwards') STRING ('by' names)?
  | remark
  ;

expectItem : remark ;

whatifItem
  : part
  | 'remove' removable name ('of' names)?
  | remark
  ;
removable
  : 'tier' | 'site' | 'role' | 'channel' | 'contact' | 'tool' | 'service' | 'external' | 'secret' | 'link' | 'classification' | 'data'
  | 'store' | 'replica' | 'archive' | 'backup' | 'snapshot' | 'repository' | 'detector' | 'procedure' | 'step' | 'scenario' | 'message'
  | 'drill' | 'duty' | 'checklist' | 'profile'
  ;
profileItem
  : 'dated' DATE
  | 'source' STRING
  | 'figure' name figure
  | 'takes' deed ('of' name)? figure
  | 'storage' word ('of' name)? 'retrieval' figure
  | 'restores' name 'at' RATE from?
  | 'replays' name 'at' RATE from?
  | 'likelihood' level NUMBER 'per' period from?
  | 'unsound' PERCENT from?
  | remark
  ;
deed
  : 'promote'
  | 'scale'
  | 'restart'
  | 'roll' 'back'
  | 'apply'
  | 'switch' ('dns' | 'traffic')
  | 'approve'
  | 'maintenance'
  | 'provision'
  | 'fence'
  | 'rotate'
  | 'capture' 'forensics'
  ;
from : 'from' STRING ;

// ---- Clauses of several blocks

objective
  : 'rto' DURATION under?
  | 'rpo' DURATION under?
  | 'mtd' DURATION under?
  | 'availability' PERCENT
  | 'priority' NUMBER
  | 'skew' DURATION
  | 'claims' ('rta' | 'rpa') DURATION
  ;
under : 'under' ('hardware' | 'zone' | 'region' | 'provider' | 'corruption' | 'malice' | 'people') ;

remark
  : 'note' text
  | 'see' STRING
  | 'allow' name 'until' DATE 'because' text
  ;

reach : ('phone' | 'email' | 'pager' | 'chat' | 'ticket') STRING ;
ownCommand : 'using' text ;

schedule : 'every' recurrence | 'cron' STRING ;

action
  : 'restore' names 'from' name ('before' 'damage' | 'to' 'point' (DATETIME | name))?
  | 'promote' name 'of' name
  | 'scale' names 'to' NUMBER
  | 'restart' names
  | 'roll' 'back' names
  | 'apply' STRING
  | 'switch' ('dns' STRING | 'traffic' name) 'to' name ('ttl' duration)?
  | 'wait' 'for' subjects
  | 'notify' names ('with' name)?
  | 'approve' 'by' name
  | 'maintenance' ('on' | 'off')
  | 'provision' name ('with' name STRING)?
  | 'fence' names
  | 'rotate' names
  | 'capture' 'forensics' ('of' subjects)? ('to' name)?
  | 'run' text
  | 'manual' text
  ;

// ---- Groups

duration : spread | 'figure' name | 'measured' STRING ;
spread
  : DURATION ('..' DURATION ('..' DURATION)?)?
  | 'p50' DURATION 'p95' DURATION
  | 'mean' DURATION
  ;
figure : (spread | 'measured' STRING) from? ;

recurrence
  : DURATION
  | ('hour' | 'day' | 'week' | 'month' | 'quarter' | 'year') ('at' clockTime)?
  | weekdays ('at' clockTime)?
  | ('first' | 'second' | 'third' | 'fourth' | 'last') weekday ('of' months)? ('at' clockTime)?
  | months ('on' NUMBER)? ('at' clockTime)?
  ;
weekdays : weekday ('..' weekday)? (',' weekday ('..' weekday)?)* ;
weekday
  : 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'
  | 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday'
  ;
months : month (',' month)* ;
month : 'jan' | 'feb' | 'mar' | 'apr' | 'may' | 'jun' | 'jul' | 'aug' | 'sep' | 'oct' | 'nov' | 'dec' ;
clockTime : TIME ;
period : DURATION | 'hour' | 'day' | 'week' | 'month' | 'year' ;

zoneName : name ('/' name)* | STRING ;
place : name ('/' name)? ;
placement : place ('active' | 'standby')? ;
alternatives : name ('or' name)* ;
destination : name ('after' DURATION)? ;
retention : (DURATION ('hourly' | 'daily' | 'weekly' | 'monthly' | 'yearly')? | 'forever') ('in' name)? ;
probe : 'http' STRING | 'tcp' STRING | 'sql' text | 'promql' text | 'run' text ;
event : 'disruption' | 'detection' | 'declaration' | 'recovery' | 'resolution' ;
exercise : ('scenario' | 'procedure') name | 'backup' name ('of' name)? | plain ;
expectation : 'rto' | 'rpo' | 'integrity' | 'automation' | STRING ;
subject
  : ('service' | 'external' | 'data' | 'store' | 'site' | 'tool' | 'role' | 'provider' | 'region' | 'account') word
  | 'zone' name 'of' name
  | plain
  ;
family
  : 'any' ('service' | 'external' | 'data' | 'store' | 'site' | 'zone' | 'tool' | 'role' | 'provider' | 'region' | 'account')
    ('of' name word?)?
  ;

// ---- Shapes

level : 'low' | 'medium' | 'high' ;
subjects : subject (',' subject)* ;
victims : (family | subject) (',' (family | subject))* ;
names : name (',' name)* ;
strings : STRING (',' STRING)* ;
words : word (',' word)* ;
word : name | STRING ;
text : STRING | TEXT ;

name
  : ~( NEWLINE | ';' | '{' | '}' | ',' | ':' | '/' | '..' | '<=' | '<' | '>=' | '>'
     | STRING | TEXT | UNCLOSED_STRING | UNCLOSED_TEXT
     | DATETIME | DATE | TIME | DURATION | SIZE | RATE | PERCENT | NUMBER | BAD_NUMBER | STRANGE )
  ;
// A name where the word for a kind may stand instead, as in `watches site main`.
plain
  : ~( NEWLINE | ';' | '{' | '}' | ',' | ':' | '/' | '..' | '<=' | '<' | '>=' | '>'
     | STRING | TEXT | UNCLOSED_STRING | UNCLOSED_TEXT
     | DATETIME | DATE | TIME | DURATION | SIZE | RATE | PERCENT | NUMBER | BAD_NUMBER | STRANGE
     | 'service' | 'external' | 'data' | 'store' | 'site' | 'tool' | 'role' | 'provider' | 'region' | 'account' | 'zone'
     | 'scenario' | 'procedure' | 'backup' | 'any' )
  ;

// ---- Tokens

DATETIME : DAY 'T' DIGIT DIGIT ':' DIGIT DIGIT (':' DIGIT DIGIT ('.' DIGIT+)?)? 'Z'? ;
DATE : DAY ;
TIME : DIGIT DIGIT ':' DIGIT DIGIT ;
DURATION : (DECIMAL ('ms' | 'mo' | [smhdwy]))+ ;
SIZE : DECIMAL BYTES ;
RATE : DECIMAL (BYTES | [kKMGT] 'bit') '/' [smhd] ;
PERCENT : DECIMAL '%' ;
NUMBER : DECIMAL ;
BAD_NUMBER : '-'? DIGIT ([A-Za-z0-9_] | '.' [A-Za-z0-9_])+ ('/' [A-Za-z]+)? | '-' DIGIT ;   // 5min, 3scale, -5m: one token, one message
ID : [A-Za-z] [A-Za-z0-9_-]* ;

// A text block opens at the end of a line and closes at the start of one, so that a forgotten end is seen where it opens.
TEXT : '"""' [ \t]* EOL (IN_TEXT ('"' '"'?)? '\n')? [ \t]* '"""' ;
UNCLOSED_TEXT : '"""' IN_TEXT '"""'? ;
STRING : '"' (~["\\\r\n] | '\\' ["\\nt])* '"' | '\'' ~['\r\n]* '\'' ;
UNCLOSED_STRING : '"' (~["\\\r\n] | '\\' ~[\r\n])* '\\'? | '\'' ~['\r\n]* ;

NEWLINE : EOL ;
COMMENT : '//' ~[\r\n]* -> channel(HIDDEN) ;
SPACE : [ \t]+ -> channel(HIDDEN) ;
STRANGE : . ;

fragment DIGIT : [0-9] ;
fragment DECIMAL : DIGIT+ ('.' DIGIT+)? ;
fragment DAY : DIGIT DIGIT DIGIT DIGIT '-' DIGIT DIGIT '-' DIGIT DIGIT ;
fragment BYTES : [kKMGTP] 'i'? 'B' | 'B' ;
fragment EOL : '\r'? '\n' ;
fragment IN_TEXT : (~["] | '"' ~["] | '""' ~["])* ;
