"""The papers that are shipped: for each its template in official form and the tags that it must carry. A bureau's own template of the same name replaces it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from casereview.reports.official import FANG, HEI, KAI, SONG, Paper

CASE, UNIT, CAMPAIGN = "案卷", "单位", "全批"


@dataclass(frozen=True)
class Form:
    """A paper: name, what it is about, how its template is made, tags without which it says nothing, and the pictures it may carry."""

    name: str
    about: str
    make: Callable[[], bytes]
    required: tuple[str, ...]
    pictures: tuple[str, ...] = ()


def _sheet() -> bytes:
    p = Paper(landscape=True)
    p.para("行政执法案卷评查打分表", SONG, 20, "center", 0)
    p.para("{{ 批次 }}　第 {{ 评查次数 }} 次评查　基准日 {{ 评查基准日 }}　{{ 密级提示 }}　记录号 {{ 记录号 }}", KAI, 10.5, "center", 0)
    p.pairs([("单位", "{{ 单位 }}", "案卷", "{{ 案卷 }}", "文号", "{{ 文号 }}"), ("当事人", "{{ 当事人 }}", "程序", "{{ 程序 }}", "标准", "{{ 评查标准 }}"),
             ("立案日期", "{{ 立案日期 }}", "决定日期", "{{ 决定日期 }}", "结案日期", "{{ 结案日期 }}"), ("得分", "{{ 得分 }}（{{ 得分范围 }}）", "等次", "{{ 等次 }}", "否决项", "{{ 否决项 }}")], (20, 66, 20, 66, 20, 65))
    p.table(("序号", "环节", "检查项", "标准分", "得分", "结论", "扣分理由（说明）", "位置（页码）和原文", "依据", "复核意见"),
            ("{{ r.序号 }}", "{{ r.环节 }}", "{{ r.检查项 }}", "{{ r.标准分 }}", "{{ r.得分 }}", "{{ r.结论 }}", "{{ r.说明 }}", "{{ r.位置 }}", "{{ r.依据 }}", "{{ r.复核意见 }}"), (10, 18, 34, 12, 14, 15, 52, 54, 24, 24), "r in 各项", 9)
    p.para("{%p for s in 算式 %}", size=10.5)
    p.para("{{ s }}", size=10.5)
    p.para("{%p endfor %}", size=10.5)
    p.para("办案时间线", HEI, 12, keep=True, indent=0)
    p.para("{{ 图_时间线 }}", size=12, indent=0, align="center").paragraph_format.line_spacing = None
    p.para("全过程记录", HEI, 12, keep=True, indent=0)
    p.table(("环节", "文字记录", "音像记录", "结论"), ("{{ r.环节 }}", "{{ r.文字记录 }}", "{{ r.音像记录 }}", "{{ r.结论 }}"), (26, 150, 40, 40), "r in 全过程记录", 9)
    p.para("{%p for s in 未读 %}", size=10.5)
    p.para("未读：{{ s }}", size=10.5)
    p.para("{%p endfor %}", size=10.5)
    p.para("评查员：{{ 评查员 }}　　　　日期：＿＿＿＿＿＿　　　　复核：＿＿＿＿＿＿　　　　日期：＿＿＿＿＿＿", size=12, indent=0, before=10)
    return p.bytes()


def _opinion() -> bytes:
    p = Paper()
    p.head("{{ 发文机关 }}", "{{ 发文字号 }}")
    p.title("个案评查意见书")
    p.para("{{ 单位 }}：", indent=0)
    p.para("根据行政执法案卷评查工作安排，对你单位报送的“{{ 案卷 }}”案卷（文号：{{ 文号 }}，当事人：{{ 当事人 }}，{{ 程序 }}）按照《{{ 评查标准 }}》进行了评查。现将意见反馈如下：")
    p.h1("一、评查结果")
    p.para("本案卷得分 {{ 得分 }} 分，等次{{ 等次 }}。已判定 {{ 已判定数 }} 项，其中不合格 {{ 问题数 }} 项，扣 {{ 扣分合计 }} 分；另有 {{ 待定数 }} 项待人工判断，得分范围 {{ 得分范围 }}。否决项：{{ 否决项 }}。")
    p.para("{%p if 优点 %}")
    p.h1("二、做得好的方面")
    p.para("{%p for s in 优点 %}")
    p.para("{{ s }}。")
    p.para("{%p endfor %}")
    p.para("{%p endif %}")
    p.h1("三、存在的问题和整改建议")
    p.para("{%p if 问题 %}")
    p.para("{%p for r in 问题 %}")
    p.h2("{{ r.序号 }}. {{ r.检查项 }}（{{ r.性质 }}，扣 {{ r.扣分 }} 分，{{ r.可否补正 }}）")
    p.para("{{ r.说明 }}。位置：{{ r.页码 }}。{% if r.依据 %}依据：{{ r.依据 }}。{% endif %}")
    p.para("{% if r.整改建议 %}整改建议：{{ r.整改建议 }}{% endif %}")
    p.para("{%p endfor %}")
    p.para("{%p else %}")
    p.para("已判定的 {{ 已判定数 }} 项均合格，没有需要整改的问题；{{ 待定数 }} 项待人工判断的，以评查组意见为准。")
    p.para("{%p endif %}")
    p.para("{%p if 待定 %}")
    p.h1("四、待人工判断的项目")
    p.para("{%p for r in 待定 %}")
    p.para("{{ r.序号 }}. {{ r.检查项 }}：{{ r.说明 }}")
    p.para("{%p endfor %}")
    p.para("{%p endif %}")
    p.para("对本意见有异议的，请在收到后书面说明理由并附证明材料。联系人：{{ 联系人 }}，电话：{{ 联系电话 }}。", before=12)
    p.sign("{{ 发文机关 }}", "{{ 印发日期 }}")
    return p.bytes()


def _list() -> bytes:
    p = Paper(landscape=True)
    p.para("{{ 单位 }}行政执法案卷评查整改清单", SONG, 20, "center", 0)
    p.para("{{ 批次 }}　第 {{ 评查次数 }} 次评查　案卷 {{ 案卷数 }} 卷，问题 {{ 问题数 }} 个（可补正 {{ 可补正数 }} 个）　整改期限：{{ 整改期限 }}　{{ 密级提示 }}　记录号 {{ 记录号 }}", KAI, 10.5, "center", 0)
    p.table(("序号", "案卷", "检查项", "问题", "位置和原文", "依据", "可否补正", "整改建议", "整改措施", "责任人", "完成日期"),
            ("{{ r.序号 }}", "{{ r.案卷 }}", "{{ r.检查项 }}", "{{ r.说明 }}{% if r.性质 == '否决' %}（否决项）{% endif %}", "{{ r.位置 }}", "{{ r.依据 }}", "{{ r.可否补正 }}", "{{ r.整改建议 }}", "", "", ""), (10, 30, 26, 42, 50, 20, 14, 30, 16, 12, 12), "r in 问题", 9)
    p.para("{%p if 三项制度问题 %}", size=10.5)
    p.para("单位落实“三项制度”方面的问题", HEI, 12, indent=0, keep=True)
    p.table(("序号", "类别", "检查项", "问题", "整改建议", "整改措施", "责任人", "完成日期"), ("{{ r.序号 }}", "{{ r.环节 }}", "{{ r.检查项 }}", "{{ r.说明 }}", "{{ r.整改建议 }}", "", "", ""), (10, 24, 50, 70, 50, 26, 16, 16), "r in 三项制度问题", 9)
    p.para("{%p endif %}", size=10.5)
    return p.bytes()


def _notice() -> bytes:
    p = Paper()
    p.head("{{ 发文机关 }}", "{{ 发文字号 }}")
    p.title("行政执法案卷评查整改通知书")
    p.para("{{ 单位 }}：", indent=0)
    p.para("根据行政执法监督和案卷评查的有关规定，我局对你单位 {{ 案卷数 }} 个案卷进行了评查（{{ 批次 }}，评查基准日 {{ 评查基准日 }}）。平均分 {{ 平均分 }} 分，{{ 等次情况 }}。共发现问题 {{ 问题数 }} 个，其中可补正 {{ 可补正数 }} 个、不可补正 {{ 不可补正数 }} 个。")
    p.para("{%p if 环节 %}")
    p.para("问题按环节分布：{% for e in 环节 %}{{ e.环节 }} {{ e.问题数 }} 个{% if not loop.last %}，{% endif %}{% endfor %}。")
    p.para("{%p endif %}")
    p.para("{%p if 否决案卷 %}")
    p.para("以下案卷存在否决项，请优先核查处理：")
    p.para("{%p for v in 否决案卷 %}")
    p.para("{{ v.案卷 }}：{{ v.否决项 }}。")
    p.para("{%p endfor %}")
    p.para("{%p endif %}")
    p.para("请对照所附整改清单逐项整改，于 {{ 整改期限 }} 前报送整改回执和佐证材料。可以补正的，依法补正并注明补正日期，不得倒签、抽换原有文书；不能补正的，作出书面说明并提出今后的措施；有异议的，书面说明理由。")
    p.para("联系人：{{ 联系人 }}，电话：{{ 联系电话 }}。")
    p.para("附件：1. 整改清单", before=12)
    p.para("　　　2. 整改回执")
    p.sign("{{ 发文机关 }}", "{{ 印发日期 }}")
    return p.bytes()


def _supervision() -> bytes:
    p = Paper()
    p.head("{{ 发文机关 }}", "{{ 发文字号 }}")
    p.title("行政执法监督意见书")
    p.para("{{ 单位 }}：", indent=0)
    p.para("在 {{ 批次 }} 行政执法案卷评查中，发现你单位 {{ 否决案卷数 }} 个案卷存在影响行政执法行为合法性的问题：")
    p.para("{%p for v in 否决案卷 %}")
    p.para("{{ loop.index }}. {{ v.案卷 }}：{{ v.否决项 }}。")
    p.para("{%p endfor %}")
    p.para("具体事实、所在页码和依据见所附整改清单。请你单位自收到本意见书之日起对上述问题进行核查，依法处理，于 {{ 整改期限 }} 前将处理情况书面报告我局；对事实或者依据有异议的，一并书面说明。")
    p.para("逾期不报告或者不处理的，将依照行政执法监督的有关规定办理。")
    p.para("联系人：{{ 联系人 }}，电话：{{ 联系电话 }}。")
    p.sign("{{ 发文机关 }}", "{{ 印发日期 }}")
    return p.bytes()


def _receipt() -> bytes:
    p = Paper(landscape=True)
    p.para("行政执法案卷评查整改回执", SONG, 20, "center", 0)
    p.para("报送单位：{{ 单位 }}（盖章）　　对应：{{ 批次 }} 第 {{ 评查次数 }} 次评查　　报送期限：{{ 整改期限 }}　记录号 {{ 记录号 }}", KAI, 10.5, "", 0)
    p.table(("序号", "案卷", "问题", "整改情况（已改正、无法补正、有异议、整改中）", "整改措施和说明", "责任人", "完成日期", "附件"), ("{{ r.序号 }}", "{{ r.案卷 }}", "{{ r.检查项 }}", "", "", "", "", ""), (10, 40, 44, 40, 62, 20, 22, 20), "r in 问题", 10.5)
    p.para("单位负责人（签字）：＿＿＿＿＿＿　　　　填报人：＿＿＿＿＿＿　　　　日期：＿＿＿＿年＿＿月＿＿日", size=12, indent=0, before=10)
    return p.bytes()


def _bulletin() -> bytes:
    p = Paper()
    p.head("{{ 发文机关 }}", "{{ 发文字号 }}")
    p.title("关于{{ 批次 }}行政执法案卷评查情况的通报")
    p.para("{{ 主送 }}：", indent=0)
    p.para("按照行政执法案卷评查工作安排，依据{{ 标准 }}，对 {{ 单位数 }} 个单位的 {{ 案卷数 }} 个案卷进行了评查（评查基准日 {{ 评查基准日 }}）。现将有关情况通报如下：")
    p.h1("一、总体情况")
    p.para("本次评查的案卷中，{{ 程序情况 }}。平均分 {{ 平均分 }} 分；{{ 等次情况 }}。存在否决项的案卷 {{ 否决案卷数 }} 卷。共发现问题 {{ 问题数 }} 个；另有 {{ 待定数 }} 项须由人工判断{% if 未读文件数 %}，{{ 未读文件数 }} 个文件未能完整读取{% endif %}，均未计为问题。")
    p.para("{{ 图_得分分布 }}", indent=0, align="center").paragraph_format.line_spacing = None
    p.para("各单位情况（按案卷平均分排名）", HEI, 12, "center", 0, keep=True)
    p.table(("名次", "单位", "案卷", "平均分", "优秀", "合格", "不合格", "待定", "问题", "三项制度"), tuple(f"{{{{ u.{k} }}}}" for k in ("名次", "单位", "案卷数", "平均分", "优秀", "合格", "不合格", "待定", "问题数", "三项制度得分")), (11, 46, 12, 15, 12, 12, 14, 12, 12, 16), "u in 单位", 10)
    p.h1("二、存在的主要问题")
    p.para("{%p if 环节 %}")
    p.para("问题按环节分布：{% for e in 环节 %}{{ e.环节 }} {{ e.问题数 }} 个（{{ e.占比 }}）{% if not loop.last %}，{% endif %}{% endfor %}。")
    p.para("{{ 图_热力 }}", indent=0, align="center").paragraph_format.line_spacing = None
    p.para("涉及案卷较多的问题：")
    p.para("{%p for f in 多发问题 %}")
    p.h2("{{ f.序号 }}. {{ f.检查项 }}（{{ f.案卷数 }} 卷、{{ f.单位数 }} 个单位{% if f.性质 == '否决' %}，否决项{% endif %}）")
    p.para("如{{ f.典型 }}。")
    p.para("{%p endfor %}")
    p.para("{%p else %}")
    p.para("已判定的项目均合格，{{ 待定数 }} 项待人工判断。")
    p.para("{%p endif %}")
    p.h1("三、“三项制度”落实情况")
    p.para("{%p for s in 三项制度 %}")
    p.h2("{{ s.序 }}{{ s.名称 }}")
    p.para("涉及检查项 {{ s.项目数 }} 个，合格 {{ s.合格 }} 项次、不合格 {{ s.不合格 }} 项次，合格率 {{ s.合格率 }}，待定 {{ s.待定 }} 项次；{{ s.案卷数 }} 个案卷存在问题{% if s.主要问题 %}，主要是{{ s.主要问题 }}{% endif %}。")
    p.para("{%p endfor %}")
    p.para("{%p if 有上一轮 %}")
    p.h1("四、与上一轮评查相比")
    p.para("与第 {{ 上一轮.次 }} 次评查相比：{{ 上一轮.结果 }}，整改率 {{ 上一轮.整改率 }}。两轮都有得分的案卷平均分由 {{ 上一轮.平均分前 }} 分变为 {{ 上一轮.平均分后 }} 分，其中单位整改 {{ 上一轮.单位整改 }} 分，评查标准变化 {{ 上一轮.标准变化 }} 分，可辨认程度变化 {{ 上一轮.可辨认程度 }} 分。")
    p.para("{{ 图_变化 }}", indent=0, align="center").paragraph_format.line_spacing = None
    p.para("{%p endif %}")
    p.h1("{% if 有上一轮 %}五{% else %}四{% endif %}、下一步要求")
    p.para("（一）各单位对照整改清单逐项整改，于 {{ 整改期限 }} 前报送整改回执和佐证材料。存在否决项的案卷，单位负责人要组织核查，依法处理。")
    p.para("{%p if 头三项 %}")
    p.para("（二）针对{{ 头三项 }}等涉及案卷较多的问题，举一反三，完善制度和文书，开展培训。")
    p.para("{%p endif %}")
    p.para("（三）对整改情况组织“回头看”，整改结果与再次评查结果一并通报。")
    p.sign("{{ 发文机关 }}", "{{ 印发日期 }}")
    p.para("抄送：{{ 抄送 }}", FANG, 14, indent=0, before=30)
    return p.bytes()


def _roll() -> bytes:
    p = Paper(landscape=True)
    p.para("{{ 批次 }}行政执法案卷参评汇总表", SONG, 20, "center", 0)
    p.para("单位 {{ 单位数 }} 个，案卷 {{ 案卷数 }} 卷　第 {{ 评查次数 }} 次评查　记录号 {{ 记录号 }}", KAI, 10.5, "center", 0)
    p.table(("单位", "案卷总数", "普通程序", "简易程序", "不予处罚", "许可", "强制", "检查", "参评案卷", "平均分", "优秀", "合格", "不合格"),
            ("{{ u.单位 }}", "{{ u.案卷数 }}", "{{ u.普通程序 }}", "{{ u.简易程序 }}", "{{ u.不予处罚 }}", "{{ u.许可 }}", "{{ u.强制 }}", "{{ u.检查 }}", "{{ u.案卷 }}", "{{ u.平均分 }}", "{{ u.优秀 }}", "{{ u.合格 }}", "{{ u.不合格 }}"),
            (44, 16, 16, 16, 16, 12, 12, 12, 66, 16, 12, 12, 14), "u in 单位", 10)
    return p.bytes()


def _best() -> bytes:
    p = Paper()
    p.title("{{ 批次 }}优秀案卷名单")
    p.para("（按评查标准等次为优秀的案卷，共 {{ 优秀数 }} 卷，占参评案卷的 {{ 优秀率 }}）", KAI, 14, "center", 0)
    p.table(("序号", "单位", "案卷", "文号", "得分"), ("{{ x.序号 }}", "{{ x.单位 }}", "{{ x.案卷 }}", "{{ x.文号 }}", "{{ x.得分 }}"), (12, 48, 52, 34, 14), "x in 优秀案卷", 11)
    return p.bytes()


FORMS: tuple[Form, ...] = (
    Form("评查打分表", CASE, _sheet, ("各项", "得分", "等次", "单位", "案卷"), ("图_时间线",)), Form("个案评查意见书", CASE, _opinion, ("单位", "案卷", "得分", "问题"), ("图_时间线",)),
    Form("整改清单", UNIT, _list, ("单位", "问题")), Form("整改通知书", UNIT, _notice, ("单位", "问题数", "整改期限")), Form("行政执法监督意见书", UNIT, _supervision, ("单位", "否决案卷")), Form("整改回执", UNIT, _receipt, ("单位", "问题")),
    Form("评查情况通报", CAMPAIGN, _bulletin, ("案卷数", "单位", "三项制度"), ("图_得分分布", "图_热力", "图_变化")), Form("参评汇总表", CAMPAIGN, _roll, ("单位",)), Form("优秀案卷名单", CAMPAIGN, _best, ("优秀案卷",)))
